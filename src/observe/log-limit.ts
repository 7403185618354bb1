/** Most different keys held at a time: what is logged may come from a client, and must fill neither memory nor log. */
const maxKeys = 100;

/** What keys beyond that have in common. */
const others = '';

/**
 * Lets a log line of each kind through once in a while, and counts those held back, so that a fault that comes with
 * every request does not bury the log.
 */
export class LogLimit {
  readonly #intervalMs: number;
  readonly #now: () => number;
  readonly #last = new Map<string, { at: number; held: number }>();

  /** `now`: milliseconds of a clock that nobody sets: by one that jumps back, a kind of line would be held for hours. */
  constructor(intervalMs = 10_000, now: () => number = () => performance.now()) {
    this.#intervalMs = intervalMs;
    this.#now = now;
  }

  /** The number of lines of this key held back since the last one that was let through; `undefined`: hold this one. */
  admit(key: string): number | undefined {
    const now = this.#now();
    const own = this.#hasRoomFor(key, now) ? key : others;
    const last = this.#last.get(own);
    if (last !== undefined && now - last.at < this.#intervalMs) {
      last.held++;
      return undefined;
    }
    this.#last.set(own, { at: now, held: 0 });
    return last?.held ?? 0;
  }

  #hasRoomFor(key: string, now: number): boolean {
    if (this.#last.has(key) || this.#last.size < maxKeys) return true;
    for (const [known, { at }] of this.#last) {
      if (now - at >= this.#intervalMs) this.#last.delete(known);
    }
    return this.#last.size < maxKeys;
  }
}
