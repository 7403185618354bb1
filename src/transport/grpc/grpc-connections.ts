import type { Http2Server, ServerHttp2Session } from 'node:http2';
import { Server as NetServer, type Socket } from 'node:net';
import { connectionAgeMs } from '../connection-age.js';
import type { ConnectionObserver } from '../connection-observer.js';
import { GrpcConnection } from './grpc-connection.js';
import type { ResetRate } from './reset-limit.js';

/** Told also of calls that were reset. */
export interface GrpcConnectionObserver extends ConnectionObserver {
  /** A client took back a call that had not been answered. */
  callReset(): void;
}

/** What holds for each connection. */
export interface GrpcConnectionsOptions {
  /** 0: for ever. */
  readonly maxAgeSeconds: number;
  readonly resets: ResetRate;
  /** Time for the calls of a retired connection, in milliseconds. */
  readonly graceMs: number;
  readonly observer: GrpcConnectionObserver;
}

/** The open connections of the gRPC listener. */
export class GrpcConnections {
  readonly #options: GrpcConnectionsOptions;
  readonly #servers: Http2Server[] = [];
  readonly #open = new Set<GrpcConnection>();
  #onEmpty: () => void = () => undefined;

  constructor(options: GrpcConnectionsOptions) {
    this.#options = options;
  }

  /** Takes care of the connections that a server will have. To be called before it listens. */
  follow(server: Http2Server): void {
    this.#servers.push(server);
    let accepted: Socket | undefined;
    // Node makes the session within the same event, right after this.
    server.prependListener('connection', (socket: Socket) => {
      accepted = socket;
    });
    server.on('session', (session) => {
      if (accepted !== undefined) this.#add(session, accepted);
      accepted = undefined;
    });
  }

  /**
   * Stops listening and retires every connection. Resolves when the last one has ended; after the deadline they are
   * cut.
   */
  async drain(deadlineMs: number): Promise<void> {
    // Of net: from Node 24 on that of http2 would close the connections as well, and lose the calls on their way.
    for (const server of this.#servers) NetServer.prototype.close.call(server);
    for (const connection of this.#open) connection.retire();
    if (this.#open.size === 0) return;
    const empty = new Promise<void>((resolve) => {
      this.#onEmpty = resolve;
    });
    const force = setTimeout(() => this.#destroyAll(), deadlineMs);
    await empty;
    clearTimeout(force);
  }

  #add(session: ServerHttp2Session, socket: Socket): void {
    const { maxAgeSeconds, resets, graceMs, observer } = this.#options;
    const connection = new GrpcConnection(session, socket, {
      ageMs: connectionAgeMs(maxAgeSeconds),
      resets,
      graceMs,
      onRetired: (reason) => observer.retired(reason),
      onReset: () => observer.callReset(),
    });
    this.#open.add(connection);
    observer.opened();
    session.once('close', () => {
      this.#open.delete(connection);
      observer.closed();
      if (this.#open.size === 0) this.#onEmpty();
    });
  }

  #destroyAll(): void {
    for (const connection of this.#open) connection.destroy();
  }
}
