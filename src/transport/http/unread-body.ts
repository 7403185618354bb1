import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

/** Proxies send the client's body along when told to, in the order of megabytes (Envoy's `max_request_bytes`). */
const mostBytes = 8 * 1024 * 1024;

/** Connections whose last request has been answered, but whose body is still coming in. */
const answered = new WeakSet<Socket>();

export function hasBody({ headers }: IncomingMessage): boolean {
  if (headers['transfer-encoding'] !== undefined) return true;
  const length = headers['content-length'];
  return length !== undefined && length !== '0';
}

/**
 * Reads the body of an answered request and drops it, then calls `done`. A body that does not end is cut: by its size
 * here, by its time by the server's `requestTimeout`.
 */
export function dropBody(request: IncomingMessage, done: () => void): void {
  const { socket } = request;
  answered.add(socket);
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > mostBytes) socket.destroy();
  });
  request.on('end', () => {
    answered.delete(socket);
    done();
  });
}

/** True: a fault on this connection concerns a body that nobody waits for, and a second answer would be misread. */
export function isAnswered(socket: Socket): boolean {
  return answered.has(socket);
}
