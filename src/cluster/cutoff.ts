import type { Cancel, Timers } from '../rules/reload/timers.js';

/** The moment from which on nobody is waited for; it can be moved until it has come. */
export class Cutoff {
  readonly reached: Promise<undefined>;
  readonly #timers: Timers;
  #reach: () => void = () => undefined;
  #cancel: Cancel = () => undefined;

  constructor(ms: number, timers: Timers) {
    this.#timers = timers;
    this.reached = new Promise((resolve) => {
      this.#reach = () => resolve(undefined);
    });
    this.move(ms);
  }

  /** It comes so many milliseconds from now. */
  move(ms: number): void {
    this.#cancel();
    this.#cancel = this.#timers.after(ms, this.#reach);
  }

  cancel(): void {
    this.#cancel();
  }
}
