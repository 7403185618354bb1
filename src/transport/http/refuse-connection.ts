import type { Socket } from 'node:net';

/**
 * 403 rather than Node's 400, 408 and 431: a request that is malformed or has too large headers is the doing of the
 * proxy's client, and nginx would make a 500 of those, which configurations are known to turn into an allow.
 */
const refusal =
  'HTTP/1.1 403 Forbidden\r\ncontent-type: text/plain; charset=utf-8\r\ncache-control: no-store\r\n' +
  'content-length: 10\r\nconnection: close\r\n\r\nForbidden\n';

/** Time for the other side to read the refusal, in milliseconds. */
const patience = 1_000;

/** Answers a connection on which no request can be read any more, and closes it. */
export function refuseConnection(socket: Socket): void {
  endConnection(socket, refusal);
}

/**
 * Writes the last words on a connection. What still comes in is read and dropped for a while: closing over unread bytes
 * would reset the connection, and the words would be lost with it.
 */
export function endConnection(socket: Socket, lastWords: string): void {
  // The client may be gone: then there is nobody to tell.
  socket.on('error', () => socket.destroy());
  socket.end(lastWords);
  socket.resume();
  const cut = setTimeout(() => socket.destroy(), patience);
  socket.once('close', () => clearTimeout(cut));
}
