import { type Cancel, processTimers, type Timers } from './timers.js';

/** How long to wait for the end of a burst, in milliseconds. */
export interface DebounceTimes {
  /** Run once nothing was heard for this long. */
  readonly quietMs: number;
  /** Run at the latest this long after the first hint of a burst, however many more follow. */
  readonly longestMs: number;
}

/**
 * Turns a burst of hints into one run at its end, or at its longest wait.
 *
 * An editor's save is three to six events within a few milliseconds, a copied folder hundreds. Without the longest wait
 * a process that writes more often than `quietMs` would put a reload off for ever.
 */
export class Debounce {
  readonly #run: () => void;
  readonly #times: DebounceTimes;
  readonly #timers: Timers;
  #cancelQuiet: Cancel | undefined;
  #cancelLongest: Cancel | undefined;

  constructor(run: () => void, times: DebounceTimes, timers: Timers = processTimers) {
    this.#run = run;
    this.#times = times;
    this.#timers = timers;
  }

  /** Says that something may have changed. */
  hint(): void {
    this.#cancelQuiet?.();
    this.#cancelQuiet = this.#timers.after(this.#times.quietMs, () => this.#fire());
    // A timer of its own, which no hint touches: one that were set anew with the time left could be pushed away by
    // hints that arrive in every turn of the event loop.
    this.#cancelLongest ??= this.#timers.after(this.#times.longestMs, () => this.#fire());
  }

  /** Forgets the hints so far. Later hints count again. */
  cancel(): void {
    this.#cancelQuiet?.();
    this.#cancelLongest?.();
    this.#cancelQuiet = undefined;
    this.#cancelLongest = undefined;
  }

  #fire(): void {
    this.cancel();
    this.#run();
  }
}
