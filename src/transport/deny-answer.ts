import type { Decision } from '../model/decision.js';
import type { DenyAnswer, Policy } from '../model/policy.js';
import { ossErrorAnswer } from './oss-error.js';

/** What a denied client gets where no policy says it: under `--default-action deny`, and for an unknown policy. */
const denyWithoutPolicy: DenyAnswer = {
  status: 403,
  location: undefined,
  headers: [
    ['content-type', 'text/plain; charset=utf-8'],
    ['cache-control', 'no-store'],
    ['vary', 'referer'],
  ],
  body: 'Forbidden\n',
};

/** The answer to a request denied by a policy or by none, the same for every transport. */
export function denyAnswer(decision: Decision): DenyAnswer {
  const answer = constantAnswer(decision.policy);
  return isMadeEachTime(decision.policy) ? ossErrorAnswer(answer, decision) : answer;
}

/** The same, where it is the same for every request; of any other, what is. */
export function constantAnswer(policy: Policy | undefined): DenyAnswer {
  return policy?.onDeny ?? denyWithoutPolicy;
}

/** True: the answer depends on the decision, and cannot be encoded before. */
export function isMadeEachTime(policy: Policy | undefined): boolean {
  return policy?.onDeny.format === 'oss-xml';
}

/**
 * What the answer to a passed request varies by, as one `vary` value; `undefined` when no policy covers it. A cache
 * that knows the image but not this would hand it to the next visitor whatever his Referer.
 */
export function varyOnAllow(policy: Policy | undefined): string | undefined {
  return policy?.headersRead.join(', ');
}
