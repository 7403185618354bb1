/** How much a bucket holds, and what flows in. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

/** Lets through a burst, and then as many as flow in. Times are milliseconds of one clock. */
export class TokenBucket {
  #tokens: number;
  #filledAt: number;

  constructor(tokens: number, now: number) {
    this.#tokens = tokens;
    this.#filledAt = now;
  }

  /** Takes one. False: there is none. The rate may be another each time, since settings are reloaded. */
  take({ burst, perSecond }: Rate, now: number): boolean {
    const seconds = Math.max(0, now - this.#filledAt) / 1_000;
    this.#tokens = Math.min(burst, this.#tokens + seconds * perSecond);
    this.#filledAt = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
