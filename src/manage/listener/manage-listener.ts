import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { bindServer } from '../../transport/bind-server.js';
import { drainable } from '../../transport/drain-server.js';
import type { ListenAddress } from '../../transport/listen-address.js';
import type { ManageAnswer } from '../manage-answer.js';
import type { ManageRequest } from '../manage-request.js';
import { type Api, apiOf } from './api-of.js';
import { type ConnectionLimits, connectionLimits } from './connection-limits.js';
import { IncomingRequest } from './incoming-request.js';
import { faultAnswer } from './last-answer.js';
import { refuseConnection } from './refuse-connection.js';
import { replayRequest } from './replay-request.js';
import { writeAnswer } from './write-answer.js';

/** The APIs behind the listener. */
export interface ManageApis {
  readonly oss: (request: ManageRequest) => Promise<ManageAnswer>;
  readonly cdn: (request: ManageRequest) => Promise<ManageAnswer>;
  readonly rest: { handle(request: IncomingMessage, response: ServerResponse): void };
}

/** Whom the listener tells. */
export interface ListenerObserver {
  /** An answer went out; `none`: to what was no request. */
  answered(api: Api | 'none', status: number): void;
  /** A fault of our own. */
  internalError(error: unknown): void;
}

/** Where the listener is bound, and what answers. */
export interface ManageListenerOptions {
  readonly listen: ListenAddress;
  readonly apis: ManageApis;
  readonly observer: ListenerObserver;
  /** Other limits than those in force. */
  readonly limits?: Partial<ConnectionLimits>;
}

/** A server that is listening. */
export interface ManageListener {
  /** Where it is bound, as `--manage-listen` writes it, with the real port. */
  readonly address: string;
  /** Goes on serving, but each answer ends its connection, so that few are left to drain. */
  retire(): void;
  /** Stops accepting, answers what is in flight, closes idle connections, and cuts what is left after the deadline. */
  drain(deadlineMs: number): Promise<void>;
}

/**
 * One HTTP/1.1 server for three APIs.
 *
 * @throws {ListenError} (as a rejection) when the address cannot be bound.
 */
export async function startManageListener(options: ManageListenerOptions): Promise<ManageListener> {
  const door = new Door(options);
  const drain = drainable(door.server);
  const address = await bindServer(door.server, options.listen);
  const retire = () => {
    door.retired = true;
  };
  return {
    address,
    retire,
    drain: (deadlineMs) => {
      retire();
      return drain(deadlineMs);
    },
  };
}

/** Takes requests in and hands each to its API. */
class Door {
  readonly server: Server;
  retired = false;
  readonly #apis: ManageApis;
  readonly #observer: ListenerObserver;
  readonly #limits: ConnectionLimits;
  /** The last answer of each connection, begun or not. */
  readonly #answers = new WeakMap<Socket, ServerResponse>();

  constructor({ apis, observer, limits }: ManageListenerOptions) {
    this.#apis = apis;
    this.#observer = observer;
    this.#limits = { ...connectionLimits, ...limits };
    // A request without Host is for its API to judge, in its own form.
    this.server = createServer({ ...this.#limits, requireHostHeader: false });
    // Node drops headers after the 2000th without a word, and with them signed ones. The bytes are limited above.
    this.server.maxHeadersCount = 0;
    this.server.on('request', (request, response) => this.#take(request, response, false));
    this.server.on('checkContinue', (request, response) => this.#take(request, response, true));
    this.server.on('checkExpectation', (request, response) => this.#take(request, response, false));
    this.server.on('connect', (_request, socket) => this.#refuse(socket as Socket, 'CONNECT'));
    this.server.on('clientError', (error: NodeJS.ErrnoException, socket) =>
      this.#unreadable(socket as Socket, error.code),
    );
  }

  #take(request: IncomingMessage, response: ServerResponse<IncomingMessage>, expectsContinue: boolean): void {
    this.#answers.set(request.socket, response);
    if (this.retired) response.shouldKeepAlive = false;
    const { bodyBytes } = this.#limits;
    const incoming = new IncomingRequest(request, response, { bodyBytes, expectsContinue });
    void this.#answer(incoming, request, response);
  }

  /** Never rejects: whatever fails is a fault of ours, answered in the form of the API if nothing has been yet. */
  async #answer(
    incoming: IncomingRequest,
    request: IncomingMessage,
    response: ServerResponse<IncomingMessage>,
  ): Promise<void> {
    let api: Api = 'rest';
    try {
      api = await apiOf(incoming);
      const counted = api;
      response.once('finish', () => this.#observer.answered(counted, response.statusCode));
      if (api === 'rest') await this.#toRest(incoming, request, response);
      else writeAnswer(response, await this.#apis[api](incoming), incoming.isBodyAskedFor);
    } catch (error) {
      this.#observer.internalError(error);
      if (response.headersSent) response.destroy();
      else writeAnswer(response, faultAnswer(api), incoming.isBodyAskedFor);
    }
  }

  /** The native API reads from Node's own stream, which has ended where a form was looked into. */
  async #toRest(incoming: IncomingRequest, request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('cache-control', 'no-store');
    const wasRead = request.readableEnded ? await incoming.body() : 'too-large';
    if (!incoming.isBodyAskedFor) continueOnceRead(request, response);
    this.#apis.rest.handle(wasRead === 'too-large' ? request : replayRequest(request, wasRead), response);
  }

  #unreadable(socket: Socket, code: string | undefined): void {
    // A parser that has failed fails again with each further chunk.
    if (socket.writableEnded) return;
    const nobodyAsked = code === 'ECONNRESET' || socket.bytesRead === 0;
    if (nobodyAsked || this.#isAnswering(socket)) socket.destroy();
    else this.#refuse(socket, code);
  }

  /** True: an answer is on its way that a refusal would be taken for, or a part of. */
  #isAnswering(socket: Socket): boolean {
    const answer = this.#answers.get(socket);
    if (answer === undefined || answer.writableFinished) return false;
    return answer.headersSent || answer.req.complete;
  }

  #refuse(socket: Socket, code: string | undefined): void {
    this.#observer.answered('none', refuseConnection(socket, code));
  }
}

/** Asks a client that waits for "100 Continue" for its body when somebody begins to read it, and not after the answer. */
function continueOnceRead(request: IncomingMessage, response: ServerResponse): void {
  const keepAlive = response.shouldKeepAlive;
  response.shouldKeepAlive = false;
  request.once('resume', () => {
    if (response.headersSent) return;
    response.shouldKeepAlive = keepAlive;
    response.writeContinue();
  });
}
