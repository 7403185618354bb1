import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { bindServer } from '../bind-server.js';
import { connectionAgeMs } from '../connection-age.js';
import type { ConnectionObserver } from '../connection-observer.js';
import { drainable } from '../drain-server.js';
import type { ListenAddress } from '../listen-address.js';
import { type Authorizer, authorize } from './authorize.js';
import { limits, timeouts } from './connection-limits.js';
import { internalError } from './encode-refusal.js';
import { refuseConnection } from './refuse-connection.js';
import { isAnswered } from './unread-body.js';
import { writeAnswer } from './write-answer.js';

/** What decides the answers of an HTTP server, and what holds for its connections. */
export interface HttpServiceOptions {
  readonly authorizer: Authorizer;
  readonly connections: HttpConnectionSettings;
}

/** How long connections are kept, and who is told of them. */
export interface HttpConnectionSettings {
  /** Seconds after which the next answer ends its connection, a tenth more or less; 0: never. */
  readonly maxAgeSeconds: number;
  readonly observer: ConnectionObserver;
}

/** Where it listens, too. */
export interface HttpServerOptions extends HttpServiceOptions {
  readonly listen: ListenAddress;
}

/** A server that answers. */
export interface HttpService {
  /** Goes on serving, but each answer asks the proxy to connect anew, so that few connections are left to drain. */
  retire(): void;
  /** Stops accepting, answers what is in flight, closes idle connections, and cuts what is left after the deadline. */
  drain(deadlineMs: number): Promise<void>;
}

/** One that is listening. */
export interface HttpListener extends HttpService {
  /** Where it is bound, as `--http-listen` writes it, with the real port. */
  readonly address: string;
}

/** One whose connections another process accepts. */
export interface HttpTaker extends HttpService {
  take(connection: Socket): void;
}

/**
 * Answers authorization requests over HTTP/1.1.
 *
 * @throws {ListenError} (as a rejection) when the address cannot be bound.
 */
export async function startHttpServer({ listen, ...options }: HttpServerOptions): Promise<HttpListener> {
  const { server, service } = createHttpService(options);
  return { ...service, address: await bindServer(server, listen) };
}

/** Answers authorization requests on the connections that it is given. */
export function takeHttpConnections(options: HttpServiceOptions): HttpTaker {
  const { server, service } = createHttpService(options);
  // At this event Node begins to watch over headers and requests that take too long. A server that listens nowhere
  // would never have it.
  server.emit('listening');
  const take = (connection: Socket) => {
    // As sockets of an HTTP server are: a client may end its side once it has asked.
    connection.allowHalfOpen = true;
    server.emit('connection', connection);
  };
  return { ...service, take };
}

function createHttpService({ authorizer, connections }: HttpServiceOptions): {
  readonly server: Server;
  readonly service: HttpService;
} {
  const server = createServer({ ...timeouts, ...limits });
  // Node drops headers after the 2000th without a word, and with them a second Referer. The bytes are limited above.
  server.maxHeadersCount = 0;
  let retired = false;
  const hasAged = ageOfConnections(server, connections);
  const handle = (request: IncomingMessage, response: ServerResponse, last = retired) =>
    answer(authorizer, request, response, hasAged(request.socket) || last);
  server.on('request', (request, response) => handle(request, response));
  // Without "100 Continue" the client keeps its body; the connection ends since it may as well send it unasked.
  server.on('checkContinue', (request, response) => handle(request, response, true));
  server.on('checkExpectation', (request, response) => handle(request, response, true));
  refuseWhatIsNoRequest(server, authorizer);
  const drain = drainable(server);
  const retire = () => {
    retired = true;
  };
  const service = {
    retire,
    drain: (deadlineMs: number) => {
      retire();
      return drain(deadlineMs);
    },
  };
  return { server, service };
}

/** Counts connections; tells of the one that a request came on whether it is to end with the answer. */
function ageOfConnections(server: Server, { maxAgeSeconds, observer }: HttpConnectionSettings) {
  const ends = new WeakMap<Socket, number>();
  server.on('connection', (socket: Socket) => {
    observer.opened();
    socket.once('close', () => observer.closed());
    if (maxAgeSeconds > 0) ends.set(socket, performance.now() + connectionAgeMs(maxAgeSeconds));
  });
  return (socket: Socket): boolean => {
    if (performance.now() < (ends.get(socket) ?? Number.POSITIVE_INFINITY)) return false;
    ends.delete(socket);
    observer.retired('age');
    return true;
  };
}

function answer(authorizer: Authorizer, request: IncomingMessage, response: ServerResponse, last: boolean): void {
  const { url = '', method = '', rawHeaders } = request;
  const decided = authorize(authorizer, { url, method, rawHeaders });
  try {
    writeAnswer(response, decided, last);
  } catch (error) {
    // Node refuses to write a header with a control character. That is a fault of ours, and no reason to end.
    authorizer.internalError(error);
    writeAnswer(response, internalError, true);
  }
}

/** An `Upgrade` header needs no care: without a listener for it Node hands such a call over as any other. */
function refuseWhatIsNoRequest(server: Server, authorizer: Authorizer): void {
  const refuse = (socket: Socket, problem: string) => {
    authorizer.badRequest('http', problem);
    refuseConnection(socket);
  };
  // CONNECT has no path, so it is under no contract, and Node gives no response object for it.
  server.on('connect', (_request, socket) => refuse(socket as Socket, 'CONNECT is not served'));
  server.on('clientError', (error: NodeJS.ErrnoException, stream) => {
    const socket = stream as Socket;
    // A parser that has failed fails again with each further chunk.
    if (socket.writableEnded) return;
    // A connection that timed out before its first byte asked for nothing: an answer would confuse its proxy.
    if (error.code === 'ECONNRESET' || socket.bytesRead === 0 || isAnswered(socket)) socket.destroy();
    else refuse(socket, `it is no readable HTTP/1.1 request (${error.code ?? error.name})`);
  });
}
