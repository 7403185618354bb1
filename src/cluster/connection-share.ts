import type { Socket } from 'node:net';
import type { Cancel, Timers } from '../rules/reload/timers.js';
import type { SharedListenerName } from './messages.js';
import type { WorkerSlot } from './worker-slot.js';

/** How long a connection waits for a worker when there is none: as long as one takes to start, and no longer. */
const waitMs = 2_000;

/** Connections that wait at most; while all workers are gone, proxies open new ones all the time. */
const mostWaiting = 1_024;

/** What is known of the connections of one worker. */
interface Share {
  /** Connections that it has taken, less those that it said have ended. */
  open: number;
  /** Sent to it, and open here as well until it has them. */
  readonly untaken: Map<number, Socket>;
  /** When it was last given one: the number of that connection. */
  last: number;
}

/**
 * Hands the connections of one listener to the workers: each to the worker that has the fewest.
 *
 * A proxy opens few connections and keeps them, so that what counts is an even number of open ones. The sockets of
 * node:cluster do not do: it closes the port with its last worker, and a connection that was on its way to a worker that
 * died stays open and unanswered for ever (16 clients of 16 after half a minute of `kill -9`, Node 20). Here it is open
 * in the primary until the worker has it, and is given to another otherwise.
 */
export class ConnectionShare {
  readonly #listener: SharedListenerName;
  readonly #timers: Timers;
  readonly #shares = new Map<WorkerSlot, Share>();
  readonly #waiting = new Map<Socket, Cancel>();
  #number = 0;

  constructor(listener: SharedListenerName, timers: Timers) {
    this.#listener = listener;
    this.#timers = timers;
  }

  /** Connections that a worker has, and those on their way to it. */
  connections(worker: WorkerSlot): number {
    const share = this.#shares.get(worker);
    return share === undefined ? 0 : share.open + share.untaken.size;
  }

  /** From now on the worker gets connections. */
  join(worker: WorkerSlot): void {
    this.#shares.set(worker, { open: 0, untaken: new Map(), last: 0 });
    for (const [socket, cancel] of this.#waiting) {
      cancel();
      this.#waiting.delete(socket);
      this.give(socket);
    }
  }

  /** The worker is gone. What it had not taken goes to the others. */
  leave(worker: WorkerSlot): void {
    const untaken = this.#shares.get(worker)?.untaken ?? [];
    this.#shares.delete(worker);
    for (const [, socket] of untaken) this.give(socket);
  }

  /** Hands over a connection that nobody has read from. */
  give(socket: Socket): void {
    if (socket.destroyed) return;
    const found = this.#leastBusy();
    if (found === undefined) {
      this.#wait(socket);
      return;
    }
    const [worker, share] = found;
    const number = ++this.#number;
    share.untaken.set(number, socket);
    share.last = number;
    worker.share({ kind: 'connection', listener: this.#listener, number }, socket);
  }

  /** The worker has the connection: from now on it lives and dies with it. */
  taken(worker: WorkerSlot, number: number): void {
    const share = this.#shares.get(worker);
    const socket = share?.untaken.get(number);
    if (share === undefined || socket === undefined) return;
    share.untaken.delete(number);
    share.open++;
    socket.destroy();
  }

  /** So many connections of the worker have ended. */
  ended(worker: WorkerSlot, connections: number): void {
    const share = this.#shares.get(worker);
    if (share !== undefined) share.open -= connections;
  }

  /** Ends what waits for a worker. */
  close(): void {
    for (const [socket, cancel] of this.#waiting) {
      cancel();
      socket.destroy();
    }
    this.#waiting.clear();
  }

  /** Of those with the fewest connections the one that waits longest. */
  #leastBusy(): readonly [WorkerSlot, Share] | undefined {
    let best: readonly [WorkerSlot, Share] | undefined;
    for (const [worker, share] of this.#shares) {
      if (best === undefined || isBefore(share, best[1])) best = [worker, share];
    }
    return best;
  }

  #wait(socket: Socket): void {
    if (this.#waiting.size >= mostWaiting) {
      socket.destroy();
      return;
    }
    const cancel = this.#timers.after(waitMs, () => {
      this.#waiting.delete(socket);
      socket.destroy();
    });
    this.#waiting.set(socket, cancel);
  }
}

function isBefore(share: Share, other: Share): boolean {
  const difference = share.open + share.untaken.size - (other.open + other.untaken.size);
  return difference < 0 || (difference === 0 && share.last < other.last);
}
