import type { Decision, Reason } from '../model/decision.js';
import type { Policy } from '../model/policy.js';
import { DeniedLists } from './denied-lists.js';
import type { LogRecord } from './log-record.js';
import type { Outcome } from './outcome.js';

/** Answers whose status says that the client got what it asked for; the others were refused or failed anyway. */
function wasServed(status: number): boolean {
  return status > 0 && status < 400;
}

/** What the rules made of the lines so far. Its size depends on the rules, not on the log. */
export class Tally {
  readonly outcomes: Record<Outcome, number> = noOutcomes();
  /** Of the lines that could be decided. */
  readonly reasons = new Map<Reason, number>();
  /** By the name of the policy. */
  readonly policies = new Map<string, Record<Outcome, number>>();
  /** Of the lines that the rules deny, shadow mode included. */
  readonly lists = new DeniedLists();
  /** Bytes of the answers to denied lines. */
  bytesSaved = 0;
  /** The same for lines that only shadow mode lets pass. */
  shadowBytes = 0;
  /** Denied lines that the server answered with a status below 400. */
  deniedServed = 0;

  constructor(policies: readonly Policy[]) {
    for (const { name } of policies) this.policies.set(name, noOutcomes());
  }

  count(decision: Decision, outcome: Outcome, record: LogRecord): void {
    this.outcomes[outcome] += 1;
    const ofPolicy = decision.policy && this.policies.get(decision.policy.name);
    if (ofPolicy !== undefined) ofPolicy[outcome] += 1;
    if (outcome === 'undecidable') return;
    this.reasons.set(decision.reason, (this.reasons.get(decision.reason) ?? 0) + 1);
    if (outcome === 'allowed') return;
    this.lists.add(decision, record);
    if (outcome === 'shadowDenied') this.shadowBytes += record.bytes;
    else this.#countDenied(record);
  }

  #countDenied({ bytes, status }: LogRecord): void {
    this.bytesSaved += bytes;
    if (wasServed(status)) this.deniedServed += 1;
  }
}

function noOutcomes(): Record<Outcome, number> {
  return { allowed: 0, denied: 0, shadowDenied: 0, undecidable: 0 };
}
