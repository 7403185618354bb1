/** The times between restarts of a worker that does not live. */
export interface BackOffTimes {
  /** Before the second restart; the first one is at once. */
  readonly firstMs: number;
  readonly longestMs: number;
  /** A worker that has lived so long was all right: its end is not the next of a row. */
  readonly healthyMs: number;
}

/** A worker that starts takes a part of a core and reads the rules: no more than that once in half a minute. */
const TIMES: BackOffTimes = { firstMs: 200, longestMs: 30_000, healthyMs: 30_000 };

/** How long to wait before a worker is started again: not at all the first time, then twice as long each time. */
export class BackOff {
  readonly #times: BackOffTimes;
  #endsInARow = 0;

  constructor(times: BackOffTimes = TIMES) {
    this.#times = times;
  }

  /** @param livedMs - the time from the worker's start to its end */
  next(livedMs: number): number {
    const { firstMs, longestMs, healthyMs } = this.#times;
    this.#endsInARow = livedMs >= healthyMs ? 1 : this.#endsInARow + 1;
    if (this.#endsInARow === 1) return 0;
    return Math.min(firstMs * 2 ** (this.#endsInARow - 2), longestMs);
  }
}
