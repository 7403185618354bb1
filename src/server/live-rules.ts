import type { CompiledRules } from '../model/snapshot.js';
import type { Reporter } from '../observe/reporter.js';
import type { LoadResult } from '../rules/load/load-result.js';
import { type LoadOptions, loadRules } from '../rules/load.js';
import type { Overlay } from '../rules/read/overlay.js';
import { Reloader, type ReloadSteps } from '../rules/reload/reload.js';
import type { SnapshotStore } from '../rules/reload/store.js';
import { type RulesWatch, watchRules } from '../rules/reload/watch.js';
import { formatRuleError, type RuleError } from '../rules/rule-error.js';
import type { Settings } from '../settings.js';
import type { RulesInForce } from './management.js';
import { StartError } from './start-error.js';

/** Where rules go that were loaded, and who is told of it. `T` is what is put in force. */
export interface LiveRulesParts<T> {
  readonly store: SnapshotStore<T>;
  /** Makes what is put in force, ready but for the word to use it. */
  readonly prepare: ReloadSteps<CompiledRules, RuleError, T>['prepare'];
  readonly reporter: Reporter;
}

/** The rules of the service as they follow their files: watched, loaded, and put in force. */
export class LiveRules<T> {
  readonly #settings: Settings;
  readonly #parts: LiveRulesParts<T>;
  readonly #reloader: Reloader<CompiledRules, RuleError, T>;
  #watch: RulesWatch | undefined;

  constructor(settings: Settings, parts: LiveRulesParts<T>) {
    this.#settings = settings;
    this.#parts = parts;
    const { store, prepare } = parts;
    this.#reloader = new Reloader(store, { load: () => this.#load(), prepare, format: formatRuleError });
  }

  /** How management loads the rules and puts them in force. */
  get forManagement(): RulesInForce {
    return {
      load: (overlay: Overlay) => this.#load({ overlay }),
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
    const first = await this.#reloader.now();
    if (first.kind === 'rejected') throw new StartError(first.errors);
  }

  /** Loads at once. */
  reload(): void {
    void this.#reloader.now();
  }

  /** Ends the watch, and the load that is under way. */
  async close(): Promise<void> {
    await this.#watch?.close();
    await this.#reloader.close();
  }

  /** Where rules are written by API, a folder without any is no mistake: the first one may come that way. */
  #load(more: Pick<LoadOptions, 'overlay'> = {}): Promise<LoadResult> {
    const { rules, botRanges, manageListen } = this.#settings;
    return loadRules(rules, { botRanges, allowEmpty: manageListen !== undefined, ...more });
  }
}
