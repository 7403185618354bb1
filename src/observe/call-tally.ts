import type { Decision } from '../model/decision.js';
import type { DecisionCache } from '../model/snapshot.js';
import { CacheTally } from './cache-tally.js';
import { type ConnectionCounts, ConnectionTally } from './connection-tally.js';
import { DecisionCounter, type PolicyDecisions } from './decision-counter.js';
import { DurationHistogram, type TransportDurations } from './duration-histogram.js';
import { type Adapter, transports } from './transports.js';

/** What one process has counted since it last told. Plain values, so that it can be sent. */
export interface CallCounts {
  readonly decisions: readonly PolicyDecisions[];
  readonly durations: readonly TransportDurations[];
  readonly badRequests: readonly (readonly [adapter: Adapter, count: number])[];
  readonly internalErrors: number;
  readonly cache: { readonly hits: number; readonly misses: number };
  readonly connections: ConnectionCounts;
}

/**
 * Counts calls in a process that tells another of them: it holds what has not been told yet and nothing more. Who is
 * told adds up, so that a count outlives the process that made it.
 */
export class CallTally {
  readonly connections = new ConnectionTally();
  readonly #decisions = new DecisionCounter();
  readonly #durations = new DurationHistogram(transports);
  readonly #cache = new CacheTally();
  readonly #badRequests = new Map<Adapter, number>();
  #internalErrors = 0;
  #told = { hits: 0, misses: 0 };

  decided(decision: Decision, adapter: Adapter, seconds: number): void {
    this.#decisions.count(decision);
    this.#durations.observe(adapter, seconds);
  }

  badRequest(adapter: Adapter): void {
    this.#badRequests.set(adapter, (this.#badRequests.get(adapter) ?? 0) + 1);
  }

  internalError(): void {
    this.#internalErrors++;
  }

  /** To be called once for each snapshot, when it is in force. */
  follow(cache: Pick<DecisionCache, 'hits' | 'misses'> | undefined): void {
    this.#cache.follow(cache);
  }

  /** Everything counted since the last call. */
  take(): CallCounts {
    const badRequests = [...this.#badRequests];
    this.#badRequests.clear();
    const internalErrors = this.#internalErrors;
    this.#internalErrors = 0;
    return {
      decisions: this.#decisions.take(),
      durations: this.#durations.take(),
      badRequests,
      internalErrors,
      cache: this.#takeCache(),
      connections: this.connections.take(),
    };
  }

  /** The caches count for themselves, and are not set back. */
  #takeCache(): CallCounts['cache'] {
    const { hits, misses } = this.#cache;
    const taken = { hits: hits - this.#told.hits, misses: misses - this.#told.misses };
    this.#told = { hits, misses };
    return taken;
  }
}
