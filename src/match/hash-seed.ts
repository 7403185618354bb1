import { randomFillSync } from 'node:crypto';

/** Random numbers drawn in advance: one call for each index would be a third of the time that a short list takes. */
const stock = new Int32Array(256);
let drawn = stock.length;

/** Two random numbers that make the hashes of one index unlike those of any other. */
export interface HashSeed {
  readonly start: number;
  /** Odd, so that multiplying loses no bit. */
  readonly multiplier: number;
}

/**
 * A new seed. Entries may come from lists of third parties; with hashes that nobody can foresee, no list can be
 * written whose names all fall into one slot.
 */
export function randomHashSeed(): HashSeed {
  return { start: randomInteger(), multiplier: randomInteger() | 1 };
}

function randomInteger(): number {
  if (drawn === stock.length) {
    randomFillSync(stock);
    drawn = 0;
  }
  return stock[drawn++] as number;
}

/**
 * The hash of a text that is one character longer. Texts are hashed from the right, so that the hash of every suffix
 * of a host falls out of one pass. The shift carries high bits down: a product alone leaves the low bits, which choose
 * the slot, a polynomial of the text, and those collide under every seed (Thue–Morse texts).
 */
export function hashStep(hash: number, code: number, multiplier: number): number {
  const product = Math.imul(hash ^ code, multiplier);
  return product ^ (product >>> 15);
}
