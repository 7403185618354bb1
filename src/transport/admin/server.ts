import fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify';
import { bindServer } from '../bind-server.js';
import { drainable } from '../drain-server.js';
import type { Explanation } from '../explanation.js';
import type { ListenAddress } from '../listen-address.js';
import type { UrlRequest } from '../request-from-url.js';
import { endpointHelp } from './endpoints.js';
import { type QuestionProblems, readBody, readQuery } from './read-question.js';
import type { Readiness } from './readiness.js';
import { reportStatus, type StatusSources } from './status-report.js';

/** What the admin port shows. It changes nothing. */
export interface AdminSources extends StatusSources {
  /** How the rules in force would answer; `undefined` when there are none, or nobody who could be asked. */
  explain(request: UrlRequest): Promise<Explanation | QuestionProblems | undefined>;
  readonly readiness: Readiness;
  readonly metrics: { readonly contentType: string; text(): Promise<string> };
  /** Told of a fault of our own. */
  internalError(error: unknown): void;
}

/** Where the admin server listens, and what it shows. */
export interface AdminServerOptions {
  readonly listen: ListenAddress;
  readonly sources: AdminSources;
}

/** A server that is listening. */
export interface AdminListener {
  /** Where it is bound, as `--admin-listen` writes it, with the real port. */
  readonly address: string;
  /** Stops accepting, answers what is in flight, closes idle connections, and cuts what is left after the deadline. */
  drain(deadlineMs: number): Promise<void>;
}

/**
 * Serves health, metrics, status and explanations.
 *
 * @throws {ListenError} (as a rejection) when the address cannot be bound.
 */
export async function startAdminServer({ listen, sources }: AdminServerOptions): Promise<AdminListener> {
  // A path that is no percent-encoded UTF-8 meets neither route nor hook.
  const frameworkErrors = (error: FastifyError, _request: unknown, reply: FastifyReply) => {
    sendError(reply.header('cache-control', 'no-store'), error.statusCode ?? 400, [error.message]);
  };
  const app = fastify({ logger: false, frameworkErrors });
  addRoutes(app, sources);
  addRefusals(app, sources);
  let draining = false;
  app.addHook('onSend', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    if (draining) reply.header('connection', 'close');
  });
  await app.ready();
  const drain = drainable(app.server);
  const address = await bindServer(app.server, listen);
  return {
    address,
    drain: (deadlineMs) => {
      draining = true;
      return drain(deadlineMs);
    },
  };
}

function addRoutes(app: FastifyInstance, sources: AdminSources): void {
  app.get('/', (_request, reply) => reply.type('text/plain; charset=utf-8').send(endpointHelp));
  app.get('/healthz', () => ({ status: 'ok' }));
  app.get('/readyz', (_request, reply) => {
    const report = sources.readiness.report();
    return reply.code(report.status === 'ready' ? 200 : 503).send(report);
  });
  app.get('/metrics', async (_request, reply) => {
    const { contentType } = sources.metrics;
    return reply.type(contentType).send(await sources.metrics.text());
  });
  app.get('/v1/status', () => reportStatus(sources));
  app.get('/v1/explain', ({ query }, reply) => sendExplanation(reply, sources, readQuery(query)));
  app.post('/v1/explain', ({ body }, reply) => sendExplanation(reply, sources, readBody(body)));
}

async function sendExplanation(reply: FastifyReply, sources: AdminSources, question: ReturnType<typeof readQuery>) {
  if (sources.rules() === undefined) return sendError(reply, 503, ['no rules are loaded yet']);
  const explanation = 'problems' in question ? question : await sources.explain(question);
  if (explanation === undefined) return sendError(reply, 503, ['no worker can be asked now; ask again in a second']);
  if ('problems' in explanation) return sendError(reply, 400, explanation.problems);
  return reply.send(explanation);
}

function addRefusals(app: FastifyInstance, sources: AdminSources): void {
  app.setNotFoundHandler(({ method, url }, reply) =>
    sendError(reply, 404, [`${method} ${url.split('?', 1)[0]} is not served here; GET / lists what is`]),
  );
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const { statusCode = 500 } = error;
    // Below 500 the message is fastify's own on a body that is no JSON, too large, or of another type.
    if (statusCode < 500) return sendError(reply, statusCode, [error.message]);
    sources.internalError(error);
    return sendError(reply, 500, ['internal error; the log has the details']);
  });
}

/** Errors have one form: `{"problems": ["url: …"]}`. */
function sendError(reply: FastifyReply, status: number, problems: QuestionProblems['problems']): FastifyReply {
  return reply.code(status).send({ problems });
}
