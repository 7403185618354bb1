import { performance } from 'node:perf_hooks';
import type { AuthzRequest } from '../../model/authz-request.js';
import type { Decision } from '../../model/decision.js';
import type { Snapshot } from '../../model/snapshot.js';
import type { HttpAnswer } from './answer.js';
import type { HttpAdapter } from './contract.js';
import { encodeDecision } from './encode-decision.js';
import { encodeBadRequest, internalError, unknownPath } from './encode-refusal.js';
import { readRequest } from './read-request.js';
import { type Route, routeOf } from './route.js';

/** What the shim is given to decide with, and whom it tells. */
export interface Authorizer {
  /** What is in force now; asked once for each request. */
  current(): { readonly snapshot: Snapshot };
  decide(snapshot: Snapshot, request: AuthzRequest): Decision;
  /** Told of every decision, and of the seconds from the call's headers to its answer. */
  observe(decision: Decision, adapter: HttpAdapter, seconds: number): void;
  /** Told of every call that described no request, and why; `http`: one that was under no contract. */
  badRequest(adapter: HttpAdapter | 'http', problem: string): void;
  /** Told of a fault of our own. */
  internalError(error: unknown): void;
  readonly trustedHops: number;
  /** True: policy and reason are told also where the client sees them. */
  readonly debugHeaders: boolean;
}

/** One call of a proxy, as Node read it. */
export interface HttpCall {
  readonly url: string;
  readonly method: string;
  readonly rawHeaders: readonly string[];
}

/**
 * decode → decide → encode. Never an allow but by a decision: whatever cannot be read is denied, and a fault of our own
 * is a 500, which leaves it to the proxy's configuration whether to fail open.
 */
export function authorize(authorizer: Authorizer, call: HttpCall): HttpAnswer {
  try {
    const route = routeOf(call.url);
    if (route !== undefined) return answerUnder(route, authorizer, call);
    authorizer.badRequest('http', 'no authorization requests are answered at its path');
    return unknownPath;
  } catch (error) {
    authorizer.internalError(error);
    return internalError;
  }
}

function answerUnder({ contract, rest }: Route, authorizer: Authorizer, call: HttpCall): HttpAnswer {
  const started = performance.now();
  const { snapshot } = authorizer.current();
  const { headersRead } = snapshot;
  const { trustedHops, debugHeaders } = authorizer;
  const { method, rawHeaders } = call;
  const request = readRequest({ contract, rest, method, rawHeaders }, { headersRead, trustedHops });
  if ('problem' in request) {
    authorizer.badRequest(contract.adapter, request.problem);
    return encodeBadRequest(request, contract);
  }
  const decision = authorizer.decide(snapshot, request);
  const answer = encodeDecision(decision, contract, debugHeaders);
  authorizer.observe(decision, contract.adapter, (performance.now() - started) / 1000);
  return answer;
}
