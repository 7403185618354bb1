import type { Socket } from 'node:net';
import type { FromWorker, ToWorker } from './messages.js';

/** Who hears of the primary. */
export interface PrimaryListener {
  message(message: ToWorker, connection: Socket | undefined): void;
  /** The primary is gone, and with it whoever could be told or give orders. */
  lost(): void;
}

/** A worker's channel to the primary that forked it. */
export class PrimaryLink {
  /** From now on it is heard. */
  listen(listener: PrimaryListener): void {
    process.on('message', (message, handle) => {
      // A connection that its client has ended meanwhile comes without a socket.
      listener.message(message as ToWorker, handle as Socket | undefined);
    });
    process.on('disconnect', () => listener.lost());
  }

  /** What cannot be delivered any more is lost: `lost` follows. */
  tell(message: FromWorker): void {
    if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
  }

  /** The same, fulfilled when it is on its way. */
  async tellLast(message: FromWorker): Promise<void> {
    if (!process.connected) return;
    await new Promise<void>((resolve) => {
      process.send?.(message, undefined, undefined, () => resolve());
    });
  }
}
