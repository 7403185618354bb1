const FIRST_CAPACITY = 256;

/** Text laid end to end in one byte buffer that grows: a million names cost their letters, and no object each. */
export class ByteStore {
  #buffer = Buffer.alloc(FIRST_CAPACITY);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Appends any text as UTF-8; returns how many bytes it took. */
  appendText(text: string): number {
    // A UTF-16 code unit is at most three bytes of UTF-8.
    this.#reserve(3 * text.length);
    const written = this.#buffer.write(text, this.#length);
    this.#length += written;
    return written;
  }

  /**
   * Appends text that is compared with a URL's, character by character; returns where it begins. Hosts and paths of
   * URLs are ASCII, so other text is a mistake of the caller, and it is better heard of than never matching.
   */
  appendAscii(text: string): number {
    const start = this.#length;
    if (this.appendText(text) !== text.length) {
      throw new RangeError(`"${text}" is not ASCII: give hosts in punycode and paths percent-encoded`);
    }
    return start;
  }

  /** The bytes so far; those of short lists share Node's pool, which costs a tenth of an ArrayBuffer each. */
  build(): Buffer {
    return Buffer.from(this.#buffer.subarray(0, this.#length));
  }

  #reserve(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed <= this.#buffer.length) return;
    const larger = Buffer.alloc(Math.max(needed, 2 * this.#buffer.length));
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }
}
