import { Prng } from '../../support/prng.js';

/** Reads all over so much memory, each at the place that the one before gave: what memory costs that no cache holds. */
export class RandomReads {
  readonly #next: Uint32Array;
  #at = 0;

  constructor(bytes: number) {
    const places = Math.ceil(bytes / 4);
    this.#next = Uint32Array.from({ length: places }, (_, place) => place);
    // One cycle through all places (Sattolo), so that no read comes back before all others.
    const random = new Prng(places);
    for (let place = places - 1; place > 0; place--) {
      const other = random.integer(0, place - 1);
      const value = this.#next[place] as number;
      this.#next[place] = this.#next[other] as number;
      this.#next[other] = value;
    }
  }

  /** Returns where the last read was. */
  read(times: number): number {
    let at = this.#at;
    for (let read = 0; read < times; read++) at = this.#next[at] as number;
    this.#at = at;
    return at;
  }
}
