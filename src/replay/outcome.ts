import { readReferer } from '../decide/read-referer.js';
import type { AuthzRequest } from '../model/authz-request.js';
import type { Decision } from '../model/decision.js';
import { evidenceHeaders } from '../referer/evidence-headers.js';

/**
 * What the rules make of a line. `denied` is enforced; `shadowDenied` would be denied if its policy were not in shadow
 * mode; `undecidable` hangs on headers that the log does not have.
 */
export type Outcome = 'allowed' | 'denied' | 'shadowDenied' | 'undecidable';

/** Tells outcomes for a log that carries these request headers. */
export class OutcomeReader {
  readonly #hasEvidence: boolean;

  constructor(headersCarried: ReadonlySet<string>) {
    this.#hasEvidence = evidenceHeaders.every((header) => headersCarried.has(header));
  }

  of(decision: Decision, request: AuthzRequest): Outcome {
    if (!this.#hasEvidence && hangsOnEvidence(decision, request)) return 'undecidable';
    if (decision.action === 'allow') return 'allowed';
    return decision.passes ? 'shadowDenied' : 'denied';
  }
}

/**
 * Whether `verify` decided, without all that it goes by. An allow by evidence stays one whatever else the request had;
 * where evidence spoke against it or there was none, what the log leaves out may have spoken for it.
 */
function hangsOnEvidence({ policy, step, action, reason }: Decision, { headers }: AuthzRequest): boolean {
  if (policy === undefined || step === 2) return false;
  const header = readReferer(headers.get('referer'));
  if (header.kind !== 'absent' && header.kind !== 'blank') return false;
  if (policy.referer[header.kind] !== 'verify') return false;
  return action === 'deny' || reason === 'empty_unverified_allowed';
}
