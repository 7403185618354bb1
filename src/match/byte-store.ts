import { isNearly } from './word-store.js';

const FIRST_CAPACITY = 256;

/** No array is larger, in no version of Node that we run on, and no place in one has a larger number. */
const LAST_CAPACITY = 2 ** 32 - 1;

/** Text laid end to end in one byte buffer that grows: a million names cost their letters, and no object each. */
export class ByteStore {
  #buffer: Buffer;
  #length = 0;

  /** `expected` bytes fit without a copy; more are no mistake. */
  constructor(expected = FIRST_CAPACITY) {
    this.#buffer = Buffer.alloc(Math.max(expected, FIRST_CAPACITY));
  }

  get length(): number {
    return this.#length;
  }

  /** Appends any text as UTF-8; returns how many bytes it took. */
  appendText(text: string): number {
    // A UTF-16 code unit is at most three bytes of UTF-8; only near the end it pays to count.
    const most = 3 * text.length;
    if (this.#length + most > this.#buffer.length) this.#reserve(Buffer.byteLength(text));
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
    const bytes = this.#buffer.subarray(0, this.#length);
    return isNearly(this.#length, this.#buffer.length) ? bytes : Buffer.from(bytes);
  }

  #reserve(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed <= this.#buffer.length) return;
    if (needed > LAST_CAPACITY) throw new RangeError('more than 4 GiB of text in one list');
    const larger = Buffer.alloc(Math.min(LAST_CAPACITY, Math.max(needed, 2 * this.#buffer.length)));
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }
}
