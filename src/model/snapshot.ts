import type { Reason } from './decision.js';
import type { HostIndex } from './matchers.js';
import type { Action, Policy } from './policy.js';

/** The rules of a directory, compiled. Immutable, and the same for every process that compiles the same files. */
export interface CompiledRules {
  readonly policies: readonly Policy[];
  readonly byName: ReadonlyMap<string, Policy>;
  readonly hosts: HostIndex;
  /** Entries of all lists, list files included. */
  readonly entries: number;
  /** Every request header that some policy reads, lower case; adapters need hand over no others. */
  readonly headersRead: ReadonlySet<string>;
}

/** Everything that `decide` decides by. Immutable but for its cache, whose verdicts die with it. */
export interface Snapshot extends CompiledRules {
  /** Counts published snapshots, from 1. */
  readonly generation: number;
  readonly loadedAt: Date;
  /** The answer where no policy covers a request. */
  readonly defaultAction: Action;
  /** True: every policy is in shadow mode. */
  readonly shadow: boolean;
  readonly cache: DecisionCache | undefined;
}

/** What is told of the rules in force, a snapshot's or those of several processes. */
export interface RulesSummary {
  readonly generation: number;
  readonly loadedAt: Date;
  readonly policies: { readonly length: number };
  readonly entries: number;
  /** What their caches have counted, and hold now. */
  readonly cache: Pick<DecisionCache, 'hits' | 'misses' | 'size'> | undefined;
  /** The names of the policies, where this process knows them. */
  readonly byName?: { has(name: string): boolean };
}

/** The part of a decision that depends on the Referer alone, given the policy and the request's host. */
export interface RefererVerdict {
  readonly action: Action;
  readonly reason: Reason;
  readonly step: number;
  readonly entry: string;
  readonly refererHost: string;
}

/** Verdicts by everything they depend on but the request's own host. */
export interface DecisionCache {
  readonly hits: number;
  readonly misses: number;
  /** Verdicts held now. */
  readonly size: number;
  /** An upper estimate of what those verdicts and their keys take of the heap. */
  readonly bytes: number;
  /** Verdicts of lists that it costs less to ask than the cache. */
  readonly recent: RecentVerdicts;
  get(key: string): RefererVerdict | undefined;
  /** To be told of a verdict that `get` did not have. It is kept from the second time on. */
  offer(key: string, verdict: RefererVerdict): void;
}

/** A few of the latest verdicts, found by their place: for lists that are quickly asked. Neither counted nor measured. */
export interface RecentVerdicts {
  find(policy: Policy, text: string): RefererVerdict | undefined;
  keep(policy: Policy, text: string, verdict: RefererVerdict): void;
}
