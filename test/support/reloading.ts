import type { ReloadEvent } from '#refgate/model/reload-event.js';
import { Reloader, type ReloadOptions } from '#refgate/rules/reload/reload.js';
import { SnapshotStore } from '#refgate/rules/reload/store.js';
import { type RulesWatch, type WatchOptions, watchRules } from '#refgate/rules/reload/watch.js';
import { loadTexts, type Texts } from './text-loader.js';

/** One publication. */
export interface Published {
  readonly generation: number;
  readonly texts: Texts;
}

/** By default the polls are out of reach, so that a test shows what the events alone do. */
const EVENTS_ALONE: WatchOptions = { pollMs: 3_600_000 };
const NO_RETRY: ReloadOptions = { retryMs: 3_600_000 };

/** Below mocha's own limit, so that the message below is seen. */
const DEADLINE_MS = 15_000;

/** The reload of one directory, put together as the service does it, with every attempt written down. */
export class Reloading {
  readonly store: SnapshotStore<Published>;
  readonly reloader: Reloader<Texts, string, Published>;
  readonly watch: RulesWatch;
  readonly events: ReloadEvent[] = [];
  /** Everything that was ever in force. */
  readonly published: Published[] = [];
  /** Called after each hint has been handed on. */
  onHint: () => void = () => undefined;
  readonly #waiting = new Set<() => void>();

  private constructor(directory: string, watching: WatchOptions, reloading: ReloadOptions) {
    this.store = new SnapshotStore<Published>((event) => this.#note(event));
    this.reloader = new Reloader(
      this.store,
      {
        load: () => loadTexts(directory),
        prepare: async (texts, generation) => ({ generation, texts }),
        format: (problem) => problem,
      },
      { ...NO_RETRY, ...reloading },
    );
    this.watch = watchRules([directory], () => this.#hinted(), { ...EVENTS_ALONE, ...watching });
  }

  static async start(
    directory: string,
    watching: WatchOptions = {},
    reloading: ReloadOptions = {},
  ): Promise<Reloading> {
    const started = new Reloading(directory, watching, reloading);
    await started.watch.ready;
    await started.reloader.now();
    return started;
  }

  get texts(): Texts | undefined {
    return this.store.current?.texts;
  }

  /** Waits until these texts, and no others, are in force. */
  async untilInForce(texts: Texts): Promise<void> {
    const wanted = JSON.stringify(sorted(texts));
    await this.until(() => JSON.stringify(sorted(this.texts ?? {})) === wanted, `in force: ${wanted.slice(0, 200)}`);
  }

  async untilRejected(): Promise<void> {
    await this.until(() => this.store.lastReload?.ok === false, 'a rejected load');
  }

  /** Waits until something holds, asked after every attempt. */
  async until(holds: () => boolean, what: string): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => {
        this.#waiting.delete(check);
        reject(new Error(`not seen in time: ${what}; attempts: ${this.events.map((event) => event.kind).join(', ')}`));
      }, DEADLINE_MS);
      const check = (): void => {
        if (holds()) {
          clearTimeout(late);
          this.#waiting.delete(check);
          resolve();
        }
      };
      this.#waiting.add(check);
      check();
    });
  }

  async close(): Promise<void> {
    await this.watch.close();
    await this.reloader.close();
  }

  #hinted(): void {
    this.reloader.hint();
    this.onHint();
  }

  #note(event: ReloadEvent): void {
    this.events.push(event);
    if (event.kind === 'published' && this.store.current !== undefined) {
      this.published.push(this.store.current);
    }
    for (const check of [...this.#waiting]) {
      check();
    }
  }
}

function sorted(texts: Texts): readonly (readonly [string, string])[] {
  return Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1));
}
