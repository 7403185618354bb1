import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listenOn } from './listen-on.js';

/** A small web server behind the proxies. */
export interface Origin {
  /** `host:port` */
  readonly address: string;
  /** Request lines and hosts as they arrived. */
  readonly received: readonly ReceivedRequest[];
  stop(): Promise<void>;
}

export interface ReceivedRequest {
  readonly target: string;
  readonly host: string;
  readonly headers: IncomingMessage['headers'];
}

/**
 * Answers everything with 200 and the request target, and varies by encoding as most origins do: a proxy that put
 * refgate's `Vary` in the place of this one would make caches hand gzip to clients that cannot read it.
 */
export async function startOrigin(address = '127.0.0.1:0'): Promise<Origin> {
  const received: ReceivedRequest[] = [];
  const server = createServer({ maxHeaderSize: 65_536 }, (request: IncomingMessage, response: ServerResponse) => {
    const target = request.url ?? '';
    received.push({ target, host: request.headers.host ?? '', headers: request.headers });
    response.writeHead(200, { 'content-type': 'text/plain', vary: 'Accept-Encoding' });
    response.end(`origin ${target}\n`);
  });
  // Longer than the proxies keep idle connections, so that a reused one is never a dead one.
  server.keepAliveTimeout = 95_000;
  return { address: await listenOn(server, address), received, stop: () => close(server) };
}

function close(server: ReturnType<typeof createServer>): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
