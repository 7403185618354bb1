/** Numbers of wildcards that cover a host, in memory that is used again: a look-up allocates nothing. */
export class FoundWildcards {
  count = 0;
  #numbers = new Uint32Array(16);

  /** Of what was found at a place below `count`. */
  at(place: number): number {
    return this.#numbers[place] as number;
  }

  add(number: number): void {
    if (this.count === this.#numbers.length) {
      const larger = new Uint32Array(2 * this.count);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[this.count++] = number;
  }
}
