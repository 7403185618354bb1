import { messageOf } from '../../model/message-of.js';
import type { RejectedEvent, ReloadEvent } from '../../model/reload-event.js';
import { Debounce, type DebounceTimes } from './debounce.js';
import type { SnapshotStore } from './store.js';
import { type Cancel, processTimers, type Timers } from './timers.js';

/**
 * What a load function found. `digest` names the content that was read: equal content, equal digest. `unchanged`: it is
 * the content that was said to be in force, so that no rules were made of it.
 */
export type Loaded<R, E> =
  | { readonly ok: true; readonly rules: R; readonly digest: string; readonly warnings?: readonly E[] }
  | { readonly ok: true; readonly unchanged: true; readonly digest: string }
  | { readonly ok: false; readonly errors: readonly E[]; readonly digest: string };

/** The parts that a reload is made of. `R`: compiled rules, `E`: one mistake in them, `T`: what is published. */
export interface ReloadSteps<R, E, T> {
  /** Reads what is there, and makes rules of it unless `inForce`, the digest of what is published, names it. */
  readonly load: (inForce: string | undefined) => Promise<Loaded<R, E>>;
  /** Makes of rules the immutable object that is published, without holding requests up; also in other processes. */
  readonly prepare: (rules: R, generation: number) => Promise<T>;
  /** One mistake as a line of text, with its place. */
  readonly format: (problem: E) => string;
}

export interface ReloadOptions {
  readonly debounce?: DebounceTimes;
  /** After a failure, try again in so many milliseconds even if no file is touched. */
  readonly retryMs?: number;
  readonly timers?: Timers;
  readonly clock?: () => Date;
}

/** Longer than the gaps within an editor's save, shorter than anybody's patience. */
const DEBOUNCE: DebounceTimes = { quietMs: 100, longestMs: 2_000 };

/** What failed may lie outside of the files: a permission, a mount that is not there yet. No event would tell. */
const RETRY_MS = 30_000;

/**
 * Loads rules and publishes them, one load at a time.
 *
 * Whatever happens, a failed load never takes the rules away that are in force: the last known good stays, and the
 * store's status says what is wrong.
 */
export class Reloader<R, E, T> {
  readonly #store: SnapshotStore<T>;
  readonly #steps: ReloadSteps<R, E, T>;
  readonly #timers: Timers;
  readonly #clock: () => Date;
  readonly #retryMs: number;
  readonly #debounce: Debounce;
  #running: Promise<ReloadEvent> | undefined;
  #queued: Promise<ReloadEvent> | undefined;
  #publishedDigest: string | undefined;
  #failure: string | undefined;
  #cancelRetry: Cancel | undefined;
  #closed: boolean = false;

  constructor(store: SnapshotStore<T>, steps: ReloadSteps<R, E, T>, options: ReloadOptions = {}) {
    this.#store = store;
    this.#steps = steps;
    this.#timers = options.timers ?? processTimers;
    this.#clock = options.clock ?? (() => new Date());
    this.#retryMs = options.retryMs ?? RETRY_MS;
    this.#debounce = new Debounce(() => void this.now(), options.debounce ?? DEBOUNCE, this.#timers);
  }

  /** Says that the files may have changed. A load follows when they come to rest, or at the longest wait. */
  hint(): void {
    if (!this.#closed) {
      this.#debounce.hint();
    }
  }

  /**
   * Loads at once, and tells what came of it; never rejects.
   *
   * The load starts after the call: one that is under way may have read a file before it was changed, so its outcome
   * is not given to a later caller. All who call during a load share the one that follows it.
   */
  now(): Promise<ReloadEvent> {
    if (this.#queued !== undefined) {
      return this.#queued;
    }
    if (this.#running === undefined) {
      return this.#start();
    }
    this.#queued = this.#running.then(() => {
      this.#queued = undefined;
      return this.#start();
    });
    return this.#queued;
  }

  /** Starts no load of its own accord any more, and waits for those that were asked for. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#debounce.cancel();
    await (this.#queued ?? this.#running);
    this.#cancelRetry?.();
  }

  #start(): Promise<ReloadEvent> {
    // What is hinted up to here, this load will see.
    this.#debounce.cancel();
    this.#cancelRetry?.();
    this.#running = this.#reload().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #reload(): Promise<ReloadEvent> {
    try {
      const loaded = await this.#steps.load(this.#publishedDigest);
      if (!loaded.ok) {
        return this.#reject(loaded.errors.map(this.#steps.format), loaded.digest);
      }
      if ('unchanged' in loaded || loaded.digest === this.#publishedDigest) {
        this.#failure = undefined;
        return this.#store.confirm(this.#clock());
      }
      return await this.#publish(loaded);
    } catch (error) {
      // A fault of the loader or of `prepare`, not of the files. The rules in force are as good as before.
      return this.#reject([`the rules could not be loaded: ${messageOf(error)}`]);
    }
  }

  async #publish({ rules, digest, warnings = [] }: Extract<Loaded<R, E>, { readonly rules: R }>): Promise<ReloadEvent> {
    const generation = this.#store.generation + 1;
    const next = await this.#steps.prepare(rules, generation);
    const event = this.#store.publish(next, this.#clock(), warnings.map(this.#steps.format));
    this.#publishedDigest = digest;
    this.#failure = undefined;
    return event;
  }

  #reject(errors: readonly string[], digest = ''): RejectedEvent {
    // Both count: the same files can fail in another way (a permission), and other files in the same (a line moved).
    const failure = JSON.stringify([digest, errors]);
    // Who ends the service ends the load, and knows why.
    const repeated = this.#closed || failure === this.#failure;
    this.#failure = failure;
    if (!this.#closed) {
      this.#cancelRetry = this.#timers.after(this.#retryMs, () => void this.now());
    }
    return this.#store.reject(errors, this.#clock(), repeated);
  }
}
