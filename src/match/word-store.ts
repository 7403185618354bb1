const FIRST_CAPACITY = 16;

/** Unsigned 32-bit numbers laid end to end in one array that grows. */
export class WordStore {
  #words: Uint32Array;
  #length = 0;

  /** `expected` numbers fit without a copy; more are no mistake. */
  constructor(expected = FIRST_CAPACITY) {
    this.#words = new Uint32Array(Math.max(expected, FIRST_CAPACITY));
  }

  get length(): number {
    return this.#length;
  }

  push(word: number): void {
    if (this.#length === this.#words.length) {
      const larger = new Uint32Array(2 * this.#words.length);
      larger.set(this.#words);
      this.#words = larger;
    }
    this.#words[this.#length++] = word;
  }

  /** The numbers so far, with at most an eighth of the array empty behind them. Nothing can be added any more. */
  build(): Uint32Array {
    return isNearly(this.#length, this.#words.length)
      ? this.#words.subarray(0, this.#length)
      : this.#words.slice(0, this.#length);
  }
}

/** Whether so much fills an array well enough that it is not worth a copy: pages never written to take no memory. */
export function isNearly(length: number, capacity: number): boolean {
  return length > 1024 && 8 * length >= 7 * capacity;
}
