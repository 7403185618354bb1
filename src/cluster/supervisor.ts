import type { Cancel, Timers } from '../rules/reload/timers.js';
import type { Settings } from '../settings.js';
import type { StartWorker, WorkerEnd } from './forked-worker.js';
import type { FromWorker } from './messages.js';
import { WorkerSlot } from './worker-slot.js';

/** How a worker's process ended that was not told to. */
export interface WorkerLoss extends WorkerEnd {
  readonly pid: number | undefined;
  /** How long it takes until another is started in its place. */
  readonly restartMs: number;
}

/** Who hears of the workers. */
export interface SupervisorListener {
  /** A worker runs and wants rules. */
  up(worker: WorkerSlot): void;
  message(worker: WorkerSlot, message: FromWorker): void;
  line(line: string): void;
  /** A worker ended of itself; another will take its place. */
  lost(worker: WorkerSlot, loss: WorkerLoss): void;
  /** A worker's process is gone, for whatever reason: nothing it held will be answered. */
  gone(worker: WorkerSlot): void;
}

export interface SupervisorOptions {
  readonly workers: number;
  readonly settings: Settings;
  readonly start: StartWorker;
  readonly listener: SupervisorListener;
  readonly timers: Timers;
  /** Milliseconds on a clock that only goes forward. */
  readonly now: () => number;
}

/** Keeps so many workers running: one that ends is replaced, at once the first time, and ever later if it goes on. */
export class Supervisor {
  readonly workers: readonly WorkerSlot[];
  readonly #options: SupervisorOptions;
  readonly #restarts = new Map<WorkerSlot, Cancel>();
  #ending = false;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    const { settings, start, listener, now } = options;
    const heard = {
      message: (worker: WorkerSlot, message: FromWorker) => this.#heard(worker, message),
      line: (line: string) => listener.line(line),
      ended: (worker: WorkerSlot, end: WorkerEnd & { pid: number | undefined; livedMs: number }) =>
        this.#ended(worker, end),
    };
    this.workers = Array.from(
      { length: options.workers },
      (_, place) => new WorkerSlot(place + 1, { settings, start, listener: heard, now }),
    );
  }

  start(): void {
    for (const worker of this.workers) worker.start();
  }

  /** Workers that get connections. */
  get serving(): readonly WorkerSlot[] {
    return this.workers.filter(({ state }) => state === 'serving');
  }

  /** From now on a worker that ends is not replaced. */
  letEnd(): void {
    this.#ending = true;
    for (const [worker, cancel] of this.#restarts) {
      cancel();
      worker.state = 'ended';
    }
    this.#restarts.clear();
  }

  /** Ends every worker at once. */
  kill(): void {
    this.letEnd();
    for (const worker of this.workers) worker.kill();
  }

  /** Fulfilled when no worker's process is left. To be called after `letEnd`. */
  async ended(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.hear(() => undefined)));
  }

  #heard(worker: WorkerSlot, message: FromWorker): void {
    const { listener } = this.#options;
    if (message.kind === 'up') listener.up(worker);
    else listener.message(worker, message);
  }

  #ended(worker: WorkerSlot, { livedMs, ...end }: WorkerEnd & { pid: number | undefined; livedMs: number }): void {
    const { listener, timers } = this.#options;
    worker.state = this.#ending ? 'ended' : 'waiting';
    listener.gone(worker);
    if (this.#ending) return;
    const restartMs = worker.backOff.next(livedMs);
    listener.lost(worker, { ...end, restartMs });
    const cancel = timers.after(restartMs, () => {
      this.#restarts.delete(worker);
      worker.start();
    });
    this.#restarts.set(worker, cancel);
  }
}
