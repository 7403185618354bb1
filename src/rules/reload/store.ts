import type {
  PublishedEvent,
  RejectedEvent,
  ReloadEvent,
  ReloadObserver,
  ReloadStatus,
  UnchangedEvent,
} from '../../model/reload-event.js';

/**
 * Holds the object that requests are decided by.
 *
 * A reader takes `current` once and keeps it for the whole request. Publication is one assignment of an object that is
 * complete by then, so that no reader sees half of the old and half of the new rules, and none waits.
 */
export class SnapshotStore<T> {
  readonly #observe: ReloadObserver;
  #current: T | undefined;
  #generation = 0;
  #lastReload: ReloadStatus | undefined;

  constructor(observe: ReloadObserver = () => undefined) {
    this.#observe = observe;
  }

  /** The last published object: the last known good; `undefined` before the first publication. */
  get current(): T | undefined {
    return this.#current;
  }

  /** Counts publications: 0 before the first, and then strictly increasing from 1. */
  get generation(): number {
    return this.#generation;
  }

  /** `undefined` before the first attempt has ended. */
  get lastReload(): ReloadStatus | undefined {
    return this.#lastReload;
  }

  /** Puts it in force, under the next generation. */
  publish(next: T, at: Date, warnings: readonly string[] = []): PublishedEvent {
    this.#current = next;
    this.#generation += 1;
    this.#lastReload = { ok: true, at, errors: [] };
    return this.#tell({ kind: 'published', generation: this.#generation, at, warnings });
  }

  /** Notes that the files were read and say what is in force. */
  confirm(at: Date): UnchangedEvent {
    this.#lastReload = { ok: true, at, errors: [] };
    return this.#tell({ kind: 'unchanged', generation: this.#generation, at });
  }

  /** Notes why the files cannot be used. What is in force stays so. */
  reject(errors: readonly string[], at: Date, repeated: boolean): RejectedEvent {
    this.#lastReload = { ok: false, at, errors };
    return this.#tell({ kind: 'rejected', generation: this.#generation, at, errors, repeated });
  }

  #tell<E extends ReloadEvent>(event: E): E {
    try {
      this.#observe(event);
    } catch (error) {
      // A log line or a counter that fails is no reason to call good rules bad, nor to end the service.
      process.emitWarning(error instanceof Error ? error : String(error));
    }
    return event;
  }
}
