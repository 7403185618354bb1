import type { Http2Server, ServerOptions } from 'node:http2';
import type { Server, ServerCredentials } from '@grpc/grpc-js';

/**
 * What of grpc-js's server is used although it is private: there is no other way to its connections, nor to options of
 * HTTP/2 that it does not know (1.14.7). Everything else works without.
 */
interface Http2OfGrpc {
  /** Copied for each HTTP/2 server that it makes. */
  readonly commonServerOptions: ServerOptions;
  /** Called for each address that it binds. */
  createHttp2Server(credentials: ServerCredentials): Http2Server;
}

/**
 * Adds options to the HTTP/2 servers that a gRPC server will bind, and hands out each before it listens.
 *
 * @returns false where this grpc-js is built in another way; then nothing has been done
 */
export function reachHttp2(server: Server, options: object, follow: (http2: Http2Server) => void): boolean {
  const inside: unknown = server;
  if (!isHttp2OfGrpc(inside)) return false;
  Object.assign(inside.commonServerOptions, options);
  const create = inside.createHttp2Server.bind(inside);
  inside.createHttp2Server = (credentials) => {
    const http2 = create(credentials);
    follow(http2);
    return http2;
  };
  return true;
}

function isHttp2OfGrpc(server: unknown): server is Http2OfGrpc {
  const { commonServerOptions, createHttp2Server } = server as Partial<Http2OfGrpc>;
  return (
    typeof commonServerOptions === 'object' && commonServerOptions !== null && typeof createHttp2Server === 'function'
  );
}
