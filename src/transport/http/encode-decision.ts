import type { Decision } from '../../model/decision.js';
import type { DenyAnswer } from '../../model/policy.js';
import { denyAnswer, isMadeEachTime, varyOnAllow } from '../deny-answer.js';
import { emptyBody, type HttpAnswer, noStore } from './answer.js';
import type { Contract } from './contract.js';
import { encodeHeaderText } from './header-text.js';

/** The answer to a decided request, as the contract wants it. `explained`: `--debug-headers`. */
export function encodeDecision(decision: Decision, contract: Contract, explained: boolean): HttpAnswer {
  const extra = explained || contract.answersFor === 'proxy' ? explanation(decision) : [];
  if (decision.passes) return allow(decision, extra);
  const answer = denyAnswer(decision);
  const deny = isMadeEachTime(decision.policy) ? encodeDeny(answer) : encodedDeny(answer);
  if (contract.answersFor === 'client') return { ...deny, headers: [...deny.headers, ...extra] };
  // 403 whatever the policy's status: nginx knows no other deny, and its `error_page 500` must never see a verdict.
  return { ...deny, status: 403, headers: [...deny.headers, ...extra, 'x-refgate-status', String(deny.status)] };
}

/** Exactly 200: Envoy and the Gateway API take 204 and 202 for a deny. */
function allow(decision: Decision, extra: readonly string[]): HttpAnswer {
  const vary = varyOnAllow(decision.policy);
  const headers = vary === undefined ? [...noStore, ...extra] : [...noStore, 'vary', vary, ...extra];
  return { status: 200, headers, body: emptyBody };
}

/** The true verdict's reason, also where shadow mode lets the request pass. */
function explanation({ policy, reason }: Decision): readonly string[] {
  return ['x-refgate-policy', policy?.name ?? '', 'x-refgate-reason', reason];
}

/** Encoded once for each policy, and forgotten with it. */
const encodedDenies = new WeakMap<DenyAnswer, HttpAnswer>();

function encodedDeny(answer: DenyAnswer): HttpAnswer {
  const known = encodedDenies.get(answer);
  if (known !== undefined) return known;
  const encoded = encodeDeny(answer);
  encodedDenies.set(answer, encoded);
  return encoded;
}

function encodeDeny(answer: DenyAnswer): HttpAnswer {
  const headers = answer.headers.filter(([name]) => !framing.has(name)).flat();
  if (answer.location !== undefined) headers.push('location', answer.location);
  return { status: answer.status, headers: headers.map(encodeHeaderText), body: Buffer.from(answer.body) };
}

/** Headers that frame a message belong to whoever writes it: a policy's own would break the connection to the proxy. */
const framing: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
