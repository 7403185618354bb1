import type { Cancel, Timers } from '../rules/reload/timers.js';
import type { WorkerSlot } from './worker-slot.js';

/** How often is looked. Workers tell what they have counted as often. */
const lookMs = 1_000;

/** Looks in a row at which a worker has said nothing: no turn of one that is merely busy takes so long. */
const mostSilentLooks = 10;

/** What a watchdog is made with. */
export interface WatchdogOptions {
  readonly workers: readonly WorkerSlot[];
  readonly timers: Timers;
  /** Milliseconds on a clock that only goes forward. */
  readonly now: () => number;
  /** A worker that is up has said nothing for long. */
  readonly onSilent: (worker: WorkerSlot) => void;
}

/**
 * Notices workers that hang. Silence is counted in looks, and those start anew when one comes late: while this process
 * was stopped, the machine suspended or too busy, nobody was heard, and that is no worker's fault.
 */
export class Watchdog {
  readonly #options: WatchdogOptions;
  readonly #silentLooks = new Map<WorkerSlot, number>();
  #lookedAt = 0;
  #cancel: Cancel | undefined;

  constructor(options: WatchdogOptions) {
    this.#options = options;
  }

  start(): void {
    const { timers, now } = this.#options;
    this.#lookedAt = now();
    this.#cancel = timers.after(lookMs, () => this.#look());
  }

  /** The worker said something, or a new process has its place. */
  heard(worker: WorkerSlot): void {
    this.#silentLooks.delete(worker);
  }

  stop(): void {
    this.#cancel?.();
  }

  #look(): void {
    const { workers, now, onSilent } = this.#options;
    if (now() - this.#lookedAt >= 2 * lookMs) this.#silentLooks.clear();
    for (const worker of workers) {
      const looks = worker.isUp ? (this.#silentLooks.get(worker) ?? 0) + 1 : 0;
      this.#silentLooks.set(worker, looks % mostSilentLooks);
      if (looks === mostSilentLooks) onSilent(worker);
    }
    this.start();
  }
}
