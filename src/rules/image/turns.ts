import { setImmediate } from 'node:timers/promises';

/** How long work goes on before others get their turn. */
const TURN_MS = 1;

/** Work in turns, so that requests that come meanwhile wait for no more than one of them. */
export class Turns {
  readonly #length: number;
  #start = performance.now();

  constructor(milliseconds = TURN_MS) {
    this.#length = milliseconds;
  }

  /** Whether the turn has been long enough; then `next` is to be awaited. */
  get over(): boolean {
    return performance.now() - this.#start >= this.#length;
  }

  /** Resolves when whatever waited has had its turn. */
  async next(): Promise<void> {
    await setImmediate();
    this.#start = performance.now();
  }
}
