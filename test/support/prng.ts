/** Numbers that look random and come again with the same seed (mulberry32). */
export class Prng {
  #state: number;

  constructor(readonly seed: number) {
    this.#state = seed >>> 0;
  }

  /** 0 (inclusive) to 1 (exclusive). */
  fraction(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.fraction() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  pick<T>(choices: readonly T[]): T {
    if (choices.length === 0) throw new RangeError('nothing to pick from');
    return choices[this.integer(0, choices.length - 1)] as T;
  }

  /** A list of `low` to `high` things. */
  list<T>(low: number, high: number, make: () => T): T[] {
    return Array.from({ length: this.integer(low, high) }, make);
  }
}

/** A seed that changes from run to run, or the one that `REFGATE_SEED` asks for. */
export function prng(): Prng {
  const wanted = process.env['REFGATE_SEED'];
  return new Prng(wanted === undefined ? Date.now() >>> 0 : Number(wanted));
}

/** Milliseconds that a property may take: some seconds, and much more under coverage on a busy machine. */
export const PATIENCE = 180_000;

/** Runs a property; whatever fails in it says how to get the same run again. */
export function property(body: (random: Prng) => void | Promise<void>): () => Promise<void> {
  return async () => {
    const random = prng();
    try {
      await body(random);
    } catch (error) {
      if (error instanceof Error) error.message += ` (run again with REFGATE_SEED=${random.seed})`;
      throw error;
    }
  };
}
