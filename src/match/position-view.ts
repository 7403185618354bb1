import type { Candidates } from '../model/matchers.js';

const NOTHING = new Uint32Array(0);

/**
 * A stretch of an array of ascending positions, or several of them united. There is one of an index, which each look-up
 * sets anew, so that none allocates.
 */
export class PositionView implements Candidates {
  length = 0;
  #list: Uint32Array = NOTHING;
  #start = 0;
  /** Where lists are united; of two, because the one may hold what is united in the other. */
  #united: Uint32Array = NOTHING;
  #spare: Uint32Array = NOTHING;

  at(place: number): number | undefined {
    return place < this.length ? this.#list[this.#start + place] : undefined;
  }

  *[Symbol.iterator](): Generator<number> {
    for (let place = 0; place < this.length; place++) yield this.#list[this.#start + place] as number;
  }

  /** Shows a stretch of a list alone. */
  show(list: Uint32Array, start: number, length: number): void {
    this.#list = list;
    this.#start = start;
    this.length = length;
  }

  /** Shows what is shown and a stretch of another list, each position once. */
  add(list: Uint32Array, start: number, length: number): void {
    if (length === 0) return;
    if (this.length === 0) this.show(list, start, length);
    else this.#unite(list, start, start + length);
  }

  #unite(list: Uint32Array, start: number, end: number): void {
    const united = this.#room(this.length + end - start);
    const shown = this.#list;
    const shownEnd = this.#start + this.length;
    let inShown = this.#start;
    let inList = start;
    let length = 0;
    while (inShown < shownEnd || inList < end) {
      const a = inShown < shownEnd ? (shown[inShown] as number) : Number.POSITIVE_INFINITY;
      const b = inList < end ? (list[inList] as number) : Number.POSITIVE_INFINITY;
      united[length++] = Math.min(a, b);
      if (a <= b) inShown++;
      if (b <= a) inList++;
    }
    this.show(united, 0, length);
  }

  /** An array that holds so many and is not shown: larger than ever before, or one that is there. */
  #room(length: number): Uint32Array {
    const free = this.#spare;
    this.#spare = this.#united;
    this.#united = free.length >= length ? free : new Uint32Array(2 * length);
    return this.#united;
  }
}
