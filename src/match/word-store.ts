const FIRST_CAPACITY = 16;

/** Unsigned 32-bit numbers laid end to end in one array that grows. */
export class WordStore {
  #words = new Uint32Array(FIRST_CAPACITY);
  #length = 0;

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

  /** The numbers so far, in an array of their own. */
  build(): Uint32Array {
    return this.#words.slice(0, this.#length);
  }
}
