import type { Decision, Reason } from '../model/decision.js';
import { DeniedLists } from './denied-lists.js';
import type { LogRecord } from './log-record.js';
import type { Outcome } from './outcome.js';

/** The lines that change in one direction, told by the rules that deny them. */
export class Changes {
  lines = 0;
  readonly reasons = new Map<Reason, number>();
  /** By the name of the policy that denies; `''` where none does. */
  readonly policies = new Map<string, number>();
  readonly lists = new DeniedLists();

  add(denying: Decision, record: LogRecord): void {
    this.lines += 1;
    increment(this.reasons, denying.reason);
    increment(this.policies, denying.policy?.name ?? '');
    this.lists.add(denying, record);
  }
}

/** A decision and what it comes to. */
export interface Judged {
  readonly decision: Decision;
  readonly outcome: Outcome;
}

/**
 * What would be answered in another way if new rules took the place of old ones. It goes by what the client gets, so
 * that a policy that leaves shadow mode changes something.
 */
export class Comparison {
  readonly allowToDeny = new Changes();
  readonly denyToAllow = new Changes();
  /** Lines that one set or the other cannot decide. */
  undecidable = 0;

  count(old: Judged, fresh: Judged, record: LogRecord): void {
    if (old.outcome === 'undecidable' || fresh.outcome === 'undecidable') this.undecidable += 1;
    else if (fresh.outcome === 'denied' && old.outcome !== 'denied') this.allowToDeny.add(fresh.decision, record);
    else if (old.outcome === 'denied' && fresh.outcome !== 'denied') this.denyToAllow.add(old.decision, record);
  }
}

function increment<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
