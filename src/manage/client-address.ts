import type { IncomingMessage } from 'node:http';

/** The address that log lines name and failures are counted by; a socket in the file system has none. */
export function clientAddress({ socket }: IncomingMessage): string {
  return socket.remoteAddress ?? 'unix';
}
