import { LRUCache } from 'lru-cache';
import type { Policy } from '../model/policy.js';
import type { DecisionCache, RefererVerdict } from '../model/snapshot.js';
import type { Witness } from './judge-referer.js';

/** Longer keys are decided anew each time, so that entries times this bounds what a hostile client can make us hold. */
const maxKeyBytes = 512;

/** Least recently used verdicts out first. `undefined` for no entries: then there is nothing to ask. */
export function createDecisionCache(entries: number): DecisionCache | undefined {
  return entries === 0 ? undefined : new LruDecisionCache(entries);
}

class LruDecisionCache implements DecisionCache {
  hits = 0;
  misses = 0;
  readonly #verdicts: LRUCache<string, RefererVerdict>;

  constructor(entries: number) {
    this.#verdicts = new LRUCache({ max: entries });
  }

  get size(): number {
    return this.#verdicts.size;
  }

  get(key: string): RefererVerdict | undefined {
    const verdict = this.#verdicts.get(key);
    if (verdict === undefined) this.misses++;
    else this.hits++;
    return verdict;
  }

  set(key: string, verdict: RefererVerdict): void {
    this.#verdicts.set(key, verdict);
  }
}

/**
 * Everything a verdict on a Referer depends on, given the snapshot that holds the cache: the policy, the Referer or the
 * Origin in its place (an unreadable one is judged otherwise) and, where the policy lets a site refer to itself, the
 * request's own host. `undefined` when it is too long to keep.
 *
 * The host's length stands before it, so that no two of these share a key. Joining also copies: a short Referer cut out
 * of 16 KB of white space would otherwise keep all of it alive.
 */
export function cacheKey(policy: Policy, host: string, text: string, witness: Witness): string | undefined {
  const self = policy.referer.allowSelf ? host : '';
  const key = `${policy.position}${witness === 'origin' ? 'o' : ''} ${self.length} ${self}${text}`;
  return key.length <= maxKeyBytes && Buffer.byteLength(key) <= maxKeyBytes ? key : undefined;
}
