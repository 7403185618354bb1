import type { DecisionCache } from '../model/snapshot.js';

/** Hits and misses over all snapshots. Each snapshot's cache counts from 0; a Prometheus counter must not. */
export class CacheTally {
  #hitsBefore = 0;
  #missesBefore = 0;
  #current: Pick<DecisionCache, 'hits' | 'misses'> | undefined;

  /** To be called once for each published snapshot, when the one before decides no more. */
  follow(cache: Pick<DecisionCache, 'hits' | 'misses'> | undefined): void {
    this.#hitsBefore = this.hits;
    this.#missesBefore = this.misses;
    this.#current = cache;
  }

  /** Counts what caches of another process have counted. */
  add({ hits, misses }: Pick<DecisionCache, 'hits' | 'misses'>): void {
    this.#hitsBefore += hits;
    this.#missesBefore += misses;
  }

  get hits(): number {
    return this.#hitsBefore + (this.#current?.hits ?? 0);
  }

  get misses(): number {
    return this.#missesBefore + (this.#current?.misses ?? 0);
  }
}
