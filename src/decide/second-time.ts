import { hashStep, randomHashSeed } from '../match/hash-seed.js';

/** Places for each verdict that the cache can hold, so that what comes in between seldom takes a text's place. */
const placesAnEntry = 4;
const fewestPlaces = 65_536;
const mostPlaces = 1 << 20;

/**
 * Tells texts that come again from those that come once, in memory that never grows: of each text its hash is kept, in
 * the one place that the hash names, until another text takes the place. The hashes are seeded, so that nobody can
 * choose texts that take the places of others'. That two texts are taken for one is rare and does no harm.
 */
export class SecondTime {
  readonly #seed = randomHashSeed();
  /** 0: none yet. A power of two of them. */
  readonly #hashes: Int32Array;

  /** @param entries how many texts are worth knowing again */
  constructor(entries: number) {
    const places = Math.min(mostPlaces, Math.max(fewestPlaces, placesAnEntry * entries));
    this.#hashes = new Int32Array(2 ** Math.ceil(Math.log2(places)));
  }

  /** Whether the text has been asked about before, and not long ago. */
  is(text: string): boolean {
    const hash = this.#hash(text);
    const place = hash & (this.#hashes.length - 1);
    if (this.#hashes[place] === hash) return true;
    this.#hashes[place] = hash;
    return false;
  }

  #hash(text: string): number {
    const { start, multiplier } = this.#seed;
    let hash = start;
    for (let at = 0; at < text.length; at++) hash = hashStep(hash, text.charCodeAt(at), multiplier);
    return hash === 0 ? 1 : hash;
  }
}
