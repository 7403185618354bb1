import type { Reporter } from '../observe/reporter.js';
import type { RulesImage } from '../rules/image/rules-image.js';
import { type Loaded, Reloader, type ReloadSteps } from '../rules/reload/reload.js';
import type { SnapshotStore } from '../rules/reload/store.js';
import { type RulesWatch, watchRules } from '../rules/reload/watch.js';
import { formatRuleError } from '../rules/rule-error.js';
import { RuleLoader } from '../rules/thread/rule-loader.js';
import type { Settings } from '../settings.js';
import { firstLoad } from './first-load.js';
import type { RulesInForce } from './management.js';
import { StartError } from './start-error.js';

/** Where rules go that were loaded, and who is told of it. `T` is what is put in force. */
export interface LiveRulesParts<T> {
  readonly store: SnapshotStore<T>;
  /** Makes what is put in force, ready but for the word to use it. */
  readonly prepare: ReloadSteps<RulesImage, string, T>['prepare'];
  /** Ids of what the rules in force are made of, large lists and batches, which need not be handed over again. */
  readonly held: () => ReadonlySet<string>;
  readonly reporter: Reporter;
}

/** The rules of the service as they follow their files: watched, loaded in a thread of their own, and put in force. */
export class LiveRules<T> {
  readonly #settings: Settings;
  readonly #parts: LiveRulesParts<T>;
  readonly #loader: RuleLoader;
  readonly #reloader: Reloader<RulesImage, string, T>;
  #watch: RulesWatch | undefined;
  /** Somebody says that files have changed, whatever they look like. */
  #distrust = false;
  /** The last load failed because the files changed all the time. */
  #isChanging: boolean = false;

  constructor(settings: Settings, parts: LiveRulesParts<T>) {
    const { rules: dir, botRanges, manageListen } = settings;
    this.#settings = settings;
    this.#parts = parts;
    // Where rules are written by API, a folder without any is no mistake: the first one may come that way.
    this.#loader = new RuleLoader({ dir, botRanges, allowEmpty: manageListen !== undefined });
    const { store, prepare } = parts;
    const load = (inForce: string | undefined) => this.#load(inForce);
    this.#reloader = new Reloader(store, { load, prepare, format: (line) => line });
  }

  /** How management reads and checks the rules, and puts them in force. */
  get forManagement(): RulesInForce {
    return {
      ask: (kind, question) => this.#loader.ask(kind, question),
      reload: () => this.#reloader.now(),
      generation: () => this.#parts.store.generation,
    };
  }

  /**
   * Watches first and loads then, so that no edit falls between the two.
   *
   * @throws {StartError} (as a rejection) when the first rules are not good.
   */
  async start(): Promise<void> {
    const { reporter } = this.#parts;
    const { rules, botRanges } = this.#settings;
    const directories = botRanges === undefined ? [rules] : [rules, botRanges];
    this.#watch = watchRules(directories, () => this.#reloader.hint(), {
      onError: (error) => reporter.watchFailed(error),
    });
    await this.#watch.ready;
    reporter.loading(rules);
    const first = await firstLoad(
      () => this.#reloader.now(),
      () => this.#isChanging,
    );
    if (first.kind === 'rejected') throw new StartError(first.errors);
  }

  /** Reads all files at once. */
  reload(): void {
    this.#distrust = true;
    void this.#reloader.now();
  }

  /** Reads what has changed, soon: what was read could not be put in force. */
  again(): void {
    this.#reloader.hint();
  }

  /** Ends the watch, and the load that is under way. */
  async close(): Promise<void> {
    await this.#watch?.close();
    const closed = this.#reloader.close();
    await this.#loader.close();
    await closed;
  }

  async #load(inForce: string | undefined): Promise<Loaded<RulesImage, string>> {
    const distrust = this.#distrust;
    this.#distrust = false;
    this.#isChanging = false;
    const begin = performance.now();
    const answer = await this.#loader.ask('load', { inForce, held: this.#parts.held(), distrust });
    const { digest, work } = answer;
    this.#parts.reporter.loaded({ ...work, seconds: (performance.now() - begin) / 1_000 });
    if (answer.kind === 'unchanged') return { ok: true, unchanged: true, digest };
    this.#isChanging = answer.kind === 'refused' && answer.reason === 'changing';
    if (answer.kind === 'refused') return { ok: false, errors: answer.errors.map(formatRuleError), digest };
    return { ok: true, rules: answer.image, digest, warnings: answer.warnings };
  }
}
