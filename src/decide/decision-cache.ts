import { LRUCache } from 'lru-cache';
import type { Policy, RefererRules } from '../model/policy.js';
import type { DecisionCache, RefererVerdict } from '../model/snapshot.js';
import type { Witness } from './judge-referer.js';
import { PlacedVerdicts } from './recent-verdicts.js';
import { SecondTime } from './second-time.js';

/** Longer Referers are decided anew each time: a few of them would push out a thousand of the usual length. */
const maxKeyBytes = 2_048;

/** What the verdicts may weigh, on average: more than usual Referers do, so that it is their number that counts. */
const bytesAVerdict = 512;

/** Objects, and places in the tables of the cache, of one verdict; the heap of Node 20 grows by so much. */
const bytesBesideTexts = 256;

/** Least recently used verdicts out first. `undefined` for no entries: then there is nothing to ask. */
export function createDecisionCache(entries: number): DecisionCache | undefined {
  return entries === 0 ? undefined : new LruDecisionCache(entries);
}

/** Whether remembering verdicts saves time: names and prefixes are found in less than it takes to ask the cache. */
export function isWorthCaching({ allow, deny }: RefererRules): boolean {
  return allow?.isDear === true || deny?.isDear === true;
}

/**
 * Verdicts by key, bounded by number and by weight. Only what is asked for again is kept, so whoever sends ever new
 * Referers neither fills it nor pushes out what others ask for.
 */
class LruDecisionCache implements DecisionCache {
  hits = 0;
  misses = 0;
  readonly recent = new PlacedVerdicts();
  readonly #verdicts: LRUCache<string, RefererVerdict>;
  readonly #secondTime: SecondTime;

  constructor(entries: number) {
    this.#verdicts = new LRUCache({ max: entries, maxSize: entries * bytesAVerdict });
    this.#secondTime = new SecondTime(entries);
  }

  get size(): number {
    return this.#verdicts.size;
  }

  get bytes(): number {
    return this.#verdicts.calculatedSize;
  }

  get(key: string): RefererVerdict | undefined {
    const verdict = this.#verdicts.get(key);
    if (verdict === undefined) this.misses++;
    else this.hits++;
    return verdict;
  }

  offer(key: string, verdict: RefererVerdict): void {
    if (!this.#secondTime.is(key)) return;
    // A host cut out of a Referer keeps all of it alive, white space around it included; a copy does not.
    const refererHost = Buffer.from(verdict.refererHost).toString();
    const texts = Buffer.byteLength(key) + verdict.entry.length + refererHost.length;
    this.#verdicts.set(key, { ...verdict, refererHost }, { size: bytesBesideTexts + texts });
  }
}

/**
 * Everything a verdict on a Referer depends on, given the snapshot that holds the cache, but for the request's own
 * host: the policy, and the Referer or the Origin in its place (an unreadable one is judged otherwise). `undefined`
 * when it is too long to keep.
 *
 * Joining also copies: a short Referer cut out of 16 KB of white space would otherwise keep all of it alive.
 */
export function cacheKey({ position }: Policy, text: string, witness: Witness): string | undefined {
  if (text.length > maxKeyBytes) return undefined;
  const key = witness === 'origin' ? `${position}o${text}` : `${position} ${text}`;
  // No character takes more than three bytes for each of its UTF-16 units.
  return key.length * 3 <= maxKeyBytes || Buffer.byteLength(key) <= maxKeyBytes ? key : undefined;
}
