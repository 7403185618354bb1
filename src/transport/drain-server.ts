import { once } from 'node:events';
import type { Server } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Ends a server; resolves when its last connection is gone. Calling it again waits for the same end. */
export type Drain = (deadlineMs: number) => Promise<void>;

/**
 * Makes an HTTP server able to end without losing what is in flight: no new connections, idle ones closed after a
 * moment, busy ones left to finish, and after the deadline whatever is left cut. To be called before the server listens.
 *
 * The caller sees to it that answers given while it drains say `connection: close`.
 */
export function drainable(server: Server): Drain {
  const connections = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  return async (deadlineMs) => {
    await readWhatHasArrived();
    await new Promise<void>((resolve) => {
      const giveUp = setTimeout(() => {
        server.closeIdleConnections();
        closeUnused(connections);
      }, firstRequestMs);
      const force = setTimeout(() => server.closeAllConnections(), deadlineMs);
      // Of net and not of http, whose own `close` ends idle connections at once, and from Node 26 on also those that
      // have not had a request yet. An error means that it is closed already, which is as well, or that it never
      // listened: its connections were handed to it, and only we know of them.
      NetServer.prototype.close.call(server, () => {
        void Promise.all([...connections].map((socket) => once(socket, 'close'))).then(() => {
          clearTimeout(giveUp);
          clearTimeout(force);
          resolve();
        });
      });
    });
  };
}

/**
 * What a connection gets for its first or next request after the listener is closed: closing it at once would lose a
 * request that is on its way. As answers end their connections before a drain, every busy proxy has new ones.
 */
const firstRequestMs = 250;

/** Node takes a connection on which nothing has come yet for a busy one: proxies that connect ahead have many. */
function closeUnused(connections: ReadonlySet<Socket>): void {
  for (const socket of connections) {
    if (socket.bytesRead === 0) socket.destroy();
  }
}

/**
 * A connection that waits in the kernel's queue would be reset by closing the listener, and a request that waits in a
 * socket's buffer would be lost with a connection that looks idle. One turn of the event loop accepts, one reads, and
 * one answers. What is still on the wire cannot be known: HTTP/1 has no way to say that a connection is about to end.
 */
async function readWhatHasArrived(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await nextTurn();
}
