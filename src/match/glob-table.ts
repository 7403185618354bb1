import { beginsWithGlob } from './prefix-glob.js';
import { TEXT_KEY, TEXT_KEY_LENGTH, TEXT_WORDS } from './text-record.js';

/** The globs of a list: an entry's number is its position in the list, and it ascends. */
export interface GlobTableData {
  readonly records: Uint32Array;
  readonly bytes: Uint8Array;
  /** Entries that are tried for every text: all of a short list, and those without a gram. */
  readonly ungrouped: Uint32Array;
  /** The others. */
  readonly grouped: Uint32Array;
  /** First place in `grouped`, plus one, of each bucket's chain; 0: the bucket is empty. A power of two of them. */
  readonly heads: Uint32Array;
  /** The place behind each place of `grouped` in its chain, plus one; 0: none. */
  readonly next: Uint32Array;
  /** Chosen at random, so that nobody can write a list whose globs all fall into one bucket. */
  readonly multiplier: number;
}

/** Bytes of a gram: four fill one number, and hardly any entry has not as many in a row. */
export const GRAM = 4;

/** The bucket of a gram, its bytes side by side in one number. */
export function bucketOf(gram: number, multiplier: number, buckets: number): number {
  return Math.imul(gram, multiplier) >>> (Math.clz32(buckets) + 1);
}

/**
 * Finds the first glob that a text begins with. Each glob stands in the bucket of four characters that it cannot match
 * without, so a text is compared with those globs alone of which it holds these four: a handful among 100,000.
 */
export class GlobTable {
  readonly #data: GlobTableData;
  /** The look-up that last tried each bucket: a text may hold the same four characters 4,000 times. */
  readonly #triedBy: Uint32Array;
  #lookups = 0;

  constructor(data: GlobTableData) {
    this.#data = data;
    this.#triedBy = new Uint32Array(data.heads.length);
  }

  get isEmpty(): boolean {
    return this.#data.ungrouped.length + this.#data.grouped.length === 0;
  }

  /** The first entry below `limit` that the text, folded and as bytes, begins with; else `limit`. */
  first(text: string, limit: number): number {
    let first = this.#firstUngrouped(text, limit);
    const { heads, multiplier } = this.#data;
    if (heads.length === 0) return first;
    const lookup = this.#nextLookup();
    let gram = 0;
    for (let i = 0; i < text.length; i++) {
      gram = (gram << 8) | text.charCodeAt(i);
      const bucket = bucketOf(gram, multiplier, heads.length);
      if (heads[bucket] === 0 || i < GRAM - 1 || this.#triedBy[bucket] === lookup) continue;
      this.#triedBy[bucket] = lookup;
      first = this.#firstInBucket(bucket, text, first);
    }
    return first;
  }

  #firstUngrouped(text: string, limit: number): number {
    for (const entry of this.#data.ungrouped) {
      if (entry >= limit) return limit;
      if (this.#covers(entry, text)) return entry;
    }
    return limit;
  }

  #firstInBucket(bucket: number, text: string, limit: number): number {
    const { heads, next, grouped } = this.#data;
    for (let place = heads[bucket] as number; place > 0; place = next[place - 1] as number) {
      const entry = grouped[place - 1] as number;
      if (entry >= limit) return limit;
      if (this.#covers(entry, text)) return entry;
    }
    return limit;
  }

  #covers(entry: number, text: string): boolean {
    const { records, bytes } = this.#data;
    const start = records[TEXT_WORDS * entry + TEXT_KEY] as number;
    const length = records[TEXT_WORDS * entry + TEXT_KEY_LENGTH] as number;
    return beginsWithGlob(text, { bytes, start, end: start + length });
  }

  /** Once round, every bucket is as good as never tried. */
  #nextLookup(): number {
    if (this.#lookups === 0xffffffff) {
      this.#triedBy.fill(0);
      this.#lookups = 0;
    }
    return ++this.#lookups;
  }
}
