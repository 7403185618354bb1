import { createServer } from 'node:http';
import { listenOn } from './listen-on.js';

/** What stands at a path. */
export interface Content {
  readonly type: string;
  readonly body: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A web server whose pages a test writes. */
export class WebSite {
  /** `host:port` */
  readonly address: string;
  /** Targets of the requests that arrived. */
  readonly asked: readonly string[];
  readonly #content: Map<string, Content>;
  readonly #server: ReturnType<typeof createServer>;

  private constructor(
    address: string,
    server: ReturnType<typeof createServer>,
    content: Map<string, Content>,
    asked: readonly string[],
  ) {
    this.address = address;
    this.asked = asked;
    this.#content = content;
    this.#server = server;
  }

  static async start(): Promise<WebSite> {
    const content = new Map<string, Content>();
    const asked: string[] = [];
    const server = createServer((request, response) => {
      const target = request.url ?? '';
      asked.push(target);
      const found = content.get(target.replace(/\?.*$/s, ''));
      // Any page may read it: whether refgate judges a request's Origin must not depend on the origin server.
      const headers = { 'content-type': found?.type ?? 'text/plain', 'access-control-allow-origin': '*' };
      response.writeHead(found ? 200 : 404, { ...headers, ...found?.headers });
      response.end(found?.body);
    });
    // Longer than the proxies keep idle connections, so that a reused one is never a dead one.
    server.keepAliveTimeout = 95_000;
    // A test that fails before it stops the site would otherwise keep mocha waiting.
    server.unref();
    return new WebSite(await listenOn(server, '127.0.0.1:0'), server, content, asked);
  }

  get port(): string {
    return this.address.slice(this.address.lastIndexOf(':') + 1);
  }

  /** Puts something at a path; a query is not looked at when it is asked for. */
  put(path: string, content: Content): void {
    this.#content.set(path, content);
  }

  stop(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.close((error) => (error ? reject(error) : resolve()));
      this.#server.closeAllConnections();
    });
  }
}
