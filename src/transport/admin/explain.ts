import type { AuthzRequest } from '../../model/authz-request.js';
import type { Decision } from '../../model/decision.js';
import type { Snapshot } from '../../model/snapshot.js';
import { type Explanation, explainDecision } from '../explanation.js';
import { toAuthzRequest, type UrlRequest } from '../request-from-url.js';
import type { QuestionProblems } from './read-question.js';

/** The one decision procedure, handed in so that tests can have it fail. */
export type Decide = (snapshot: Snapshot, request: AuthzRequest) => Decision;

/** How the rules in force would answer, by the same `decide` that proxies are answered by. */
export function explain(snapshot: Snapshot, decide: Decide, question: UrlRequest): Explanation | QuestionProblems {
  const request = toAuthzRequest(question);
  if ('problem' in request) return { problems: [request.problem] };
  return explainDecision(decide(snapshot, request));
}
