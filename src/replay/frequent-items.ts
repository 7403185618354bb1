/** A key and how often it was counted, at least. */
export interface FrequentItem {
  readonly key: string;
  /** The true count is this or up to `FrequentItems.error` more. */
  readonly count: number;
}

/** Keys are cut here: what an attacker writes into a log must not fill the memory. */
const longestKey = 256;

/**
 * The most frequent keys of a stream in bounded memory: the summary of Misra and Gries ("Finding repeated elements",
 * 1982), cleared in batches as Apache DataSketches does it.
 *
 * It counts exactly until it holds twice its capacity. Then the count of the key that is next below the `capacity`
 * greatest is taken off every count, and keys that are left with nothing are dropped. So no count is ever too high, and
 * none is lower than the truth by more than the sum of what was taken off: `error`, which is at most total / capacity,
 * since each time at least `capacity` keys lost that much. A key that came more than twice `error` times is always found.
 */
export class FrequentItems {
  #counts = new Map<string, number>();
  #error = 0;

  constructor(readonly capacity: number) {}

  /** How much too low a count may be. 0: all is exact. */
  get error(): number {
    return this.#error;
  }

  add(key: string): void {
    const bounded = key.length > longestKey ? key.slice(0, longestKey) : key;
    const count = this.#counts.get(bounded);
    if (count !== undefined) {
      this.#counts.set(bounded, count + 1);
      return;
    }
    // A copy: a key cut out of a block of lines would keep the whole block alive.
    this.#counts.set(Buffer.from(bounded).toString(), 1);
    if (this.#counts.size > 2 * this.capacity) this.#reduce();
  }

  /**
   * The most frequent first; keys of equal counts in order of the alphabet, so that equal logs give equal reports. Keys
   * that may be rarer than one that was dropped are left out.
   */
  top(length: number): FrequentItem[] {
    const items = Array.from(this.#counts, ([key, count]) => ({ key, count })).filter(
      ({ count }) => count > this.#error,
    );
    return items.sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1)).slice(0, length);
  }

  #reduce(): void {
    const greatestFirst = Uint32Array.from(this.#counts.values()).sort().reverse();
    const taken = greatestFirst[this.capacity] ?? 0;
    const left = new Map<string, number>();
    for (const [key, count] of this.#counts) if (count > taken) left.set(key, count - taken);
    this.#counts = left;
    this.#error += taken;
  }
}
