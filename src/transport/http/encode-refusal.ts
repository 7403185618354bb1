import { emptyBody, type HttpAnswer, noStore, textAnswer } from './answer.js';
import type { BadRequest } from './bad-request.js';
import type { Contract } from './contract.js';

/**
 * The answer to a call that describes no request: a deny for each kind of proxy, and a status that tells the operator
 * a mistake of configuration from a verdict where the proxy can take one. nginx would turn 400 into a 500.
 */
export function encodeBadRequest({ problem }: BadRequest, contract: Contract): HttpAnswer {
  const text = `Bad authorization request: ${problem}`;
  if (contract.answersFor === 'client') return textAnswer(400, text);
  const explanation = ['x-refgate-policy', '', 'x-refgate-reason', 'bad_request', 'x-refgate-status', '400'];
  return textAnswer(403, text, explanation);
}

/** A path that is no contract's: a deny everywhere, if an ugly one behind nginx, which makes 500 of it. */
export const unknownPath: HttpAnswer = textAnswer(
  404,
  'Not found. Authorization requests are answered at /authz/nginx, /authz/forward and /authz/envoy/',
);

/** The only 5xx: the service could not decide, and the proxy's own failure mode applies. */
export const internalError: HttpAnswer = { status: 500, headers: noStore, body: emptyBody };
