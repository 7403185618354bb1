import type { Decision, Reason } from '../model/decision.js';
import type { Action, Mode } from '../model/policy.js';
import { denyAnswer, varyOnAllow } from './deny-answer.js';

/** A decision for people and scripts: what `refgate explain --format json` prints and `/v1/explain` answers. */
export interface Explanation {
  /** The true verdict, also in shadow mode. */
  readonly decision: Action;
  readonly reason: Reason;
  /** Name of the policy; `''` where none covers the request. */
  readonly policy: string;
  /** The entry that decided, as written in the file; `''` where none did. */
  readonly entry: string;
  readonly mode: Mode | '';
  /** What the client gets: 200 where the request passes, a deny in shadow mode included. */
  readonly status: number;
  /** Where the client is sent; `null` where the request passes or is refused in place. */
  readonly location: string | null;
  /** Headers that the client's answer gets, by lower-case name; `location` stands by itself. */
  readonly headers: Readonly<Record<string, string>>;
  /** The step of the decision procedure that decided, 1 to 8. */
  readonly step: number;
  /** What the proxy is told. */
  readonly passes: boolean;
  /** Generation of the rules that decided. */
  readonly generation: number;
  /** Host of the Referer; `''` where there is none or it could not be read. */
  readonly refererHost: string;
}

/** Equal decisions, equal explanations, whichever tool asks; only the request id of `oss-xml` is new each time. */
export function explainDecision(decision: Decision): Explanation {
  return {
    decision: decision.action,
    reason: decision.reason,
    policy: decision.policy?.name ?? '',
    entry: decision.entry,
    mode: decision.mode,
    ...clientAnswer(decision),
    step: decision.step,
    passes: decision.passes,
    generation: decision.generation,
    refererHost: decision.refererHost,
  };
}

function clientAnswer(decision: Decision): Pick<Explanation, 'status' | 'location' | 'headers'> {
  if (decision.passes) {
    const vary = varyOnAllow(decision.policy);
    return { status: 200, location: null, headers: vary === undefined ? {} : { vary } };
  }
  const { status, location = null, headers } = denyAnswer(decision);
  return { status, location, headers: Object.fromEntries(headers) };
}
