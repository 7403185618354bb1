import type { IncomingMessage, ServerResponse } from 'node:http';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { clientAddress } from '../client-address.js';
import type { ManageAnswer } from '../manage-answer.js';
import { originForm } from '../origin-form.js';
import { type Authenticated, authenticate } from './authenticate.js';
import { changeSource, isChange } from './change-source.js';
import { describeProblem, isProblem, type Problem, problemAnswer } from './problem.js';
import { readBody } from './read-body.js';
import { refuseRole } from './refuse-role.js';
import type { RestContext } from './rest-context.js';
import { allowedMethods, type RestHandler, routes } from './routes.js';

/** The native REST API, for a listener that has the server. */
export interface RestApi {
  /** Answers a request, body and all. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  close(): Promise<void>;
}

/** Makes the API; it listens nowhere by itself. */
export async function createRestApi(context: RestContext): Promise<RestApi> {
  const app = fastify({
    logger: false,
    return503OnClosing: false,
    rewriteUrl: ({ url = '/' }) => originForm(url),
    // A name of whatever length is looked at by us, and found to be none.
    routerOptions: { maxParamLength: Number.MAX_SAFE_INTEGER },
    // A path that is no percent-encoded UTF-8 meets neither route nor hook.
    frameworkErrors: (_error, request, reply) => {
      const caller = authenticate(request.raw, context);
      send(request, reply, { result: 'code' in caller ? caller : BAD_PATH, context });
    },
  });
  addHooks(app, context);
  for (const { method, path, answer } of routes) {
    app.route({ method, url: path, handler: (request, reply) => run(request, reply, { answer, context }) });
  }
  addRefusals(app, context);
  await app.ready();
  return { handle: (request, response) => app.routing(request, response), close: () => app.close() };
}

/** Whoever has no token learns nothing, not even which paths there are; who may not change anything sends no body. */
function addHooks(app: FastifyInstance, context: RestContext): void {
  app.decorateRequest('caller', null);
  app.addHook('onRequest', async (request, reply) => {
    const caller = authenticate(request.raw, context);
    if ('code' in caller) return send(request, reply, { result: caller, context });
    request.setDecorator('caller', caller);
    if (allowedMethods(pathOf(request)) === undefined) return send(request, reply, { result: UNKNOWN_PATH, context });
    const changes = isChange(request.method) && nameIn(request) !== undefined;
    const refused = changes ? refuseRole(caller.token, context.settings()) : undefined;
    return refused && send(request, reply, { result: refused, context });
  });
  // Each call looks at the type of its body itself: a rule file may come as anything.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request: FastifyRequest, payload: IncomingMessage) => readBody(payload));
}

interface Run {
  readonly answer: RestHandler;
  readonly context: RestContext;
}

async function run(request: FastifyRequest, reply: FastifyReply, { answer, context }: Run): Promise<FastifyReply> {
  const { method, headers, body = Buffer.alloc(0) } = request;
  const caller = request.getDecorator<Authenticated>('caller');
  const call = { ...caller, method, headers, name: nameIn(request) ?? '', body: body as Buffer | 'too-large' };
  return send(request, reply, { result: await answer(call, context), context });
}

function addRefusals(app: FastifyInstance, context: RestContext): void {
  app.setNotFoundHandler((request, reply) => send(request, reply, { result: refuseMethod(request), context }));
  app.setErrorHandler((error: { statusCode?: number; message: string }, request, reply) => {
    const { statusCode = 500, message } = error;
    if (statusCode === 415) {
      return send(request, reply, { result: { code: 'unsupported_media_type', detail: message }, context });
    }
    // Of the others below 500 the client is at fault, or gone.
    if (statusCode < 500 || request.raw.errored !== null) {
      return send(request, reply, { result: { code: 'malformed_request', detail: message }, context });
    }
    context.internalError(error);
    return send(request, reply, { result: INTERNAL, context });
  });
}

/** A path that is served, by another method. */
function refuseMethod(request: FastifyRequest): Problem {
  const allow = allowedMethods(pathOf(request)) ?? '';
  return { code: 'method_not_allowed', detail: `expected ${allow} here, got ${request.method}`, headers: { allow } };
}

function pathOf({ url }: FastifyRequest): string {
  return url.split('?', 1)[0] ?? '';
}

interface Outcome {
  readonly result: ManageAnswer | Problem;
  readonly context: RestContext;
}

/** Sends the answer; a change that is refused is written to the audit log before. */
function send(request: FastifyRequest, reply: FastifyReply, { result, context }: Outcome): FastifyReply {
  if (isProblem(result)) auditRefusal(request, result, context);
  const { status, headers, body } = isProblem(result) ? problemAnswer(result) : result;
  return (
    reply
      .code(status)
      .headers({ ...COMMON_HEADERS, ...headers })
      // Of text Fastify says in which charset it is, which JSON has none of (RFC 8259 §11).
      .send(body === '' ? body : Buffer.from(body))
  );
}

function auditRefusal(request: FastifyRequest, problem: Problem, context: RestContext): void {
  const name = nameIn(request);
  if (name === undefined || !isChange(request.method)) return;
  const caller = request.getDecorator<Authenticated | null>('caller');
  // A flood without a token is no flood of log lines.
  if (caller === null && problem.code === 'too_many_requests') return;
  const by = changeSource(request.method, caller?.token, clientAddress(request.raw));
  context.audit.refused(by, { policy: name, code: problem.code, detail: describeProblem(problem) });
}

/** The policy that the path names; `undefined`: it names none. */
function nameIn({ params }: FastifyRequest): string | undefined {
  const name = typeof params === 'object' && params !== null ? Reflect.get(params, 'name') : undefined;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

/** No cache between has a business with what a token showed. */
const COMMON_HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

const UNKNOWN_PATH: Problem = { code: 'unknown_path', detail: 'GET /v1/openapi.json tells what is served here' };

const BAD_PATH: Problem = { code: 'malformed_request', detail: 'the path is not percent-encoded UTF-8' };

const INTERNAL: Problem = { code: 'internal_error', detail: 'a fault of refgate itself; its log has the details' };
