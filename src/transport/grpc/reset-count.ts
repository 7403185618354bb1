import type { ResetRate } from './reset-limit.js';

/** What is to be done about the resets of a connection. */
export type ResetVerdict = 'nothing' | 'retire' | 'close';

/**
 * Shares of nghttp2's burst. It counts every reset; we see those alone that come before the answer has gone out. The
 * others are few, as reset and answer must cross, but leave room. And when refgate lags behind, hundreds more lie unread
 * in front of the other side's word that it has heard of the retirement: hence the first share is small, and at the
 * second that word is not waited for.
 */
const retireAt = 1 / 8;
const closeAt = 1 / 2;

/** nghttp2 forgets resets with time. For the unseen ones, they are forgotten more slowly here. */
const forgetting = 1 / 4;

/** Counts the resets of one connection. Times are milliseconds of one clock. */
export class ResetCount {
  readonly #rate: ResetRate;
  #resets = 0;
  #countedAt: number;

  constructor(rate: ResetRate, now: number) {
    this.#rate = rate;
    this.#countedAt = now;
  }

  /** Counts one. */
  add(now: number): ResetVerdict {
    const forgotten = ((now - this.#countedAt) / 1_000) * this.#rate.perSecond * forgetting;
    this.#resets = Math.max(0, this.#resets - forgotten) + 1;
    this.#countedAt = now;
    if (this.#resets > this.#rate.burst * closeAt) return 'close';
    return this.#resets > this.#rate.burst * retireAt ? 'retire' : 'nothing';
  }
}
