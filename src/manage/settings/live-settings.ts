import { formatRuleError } from '../../rules/rule-error.js';
import { loadManageSettings, type SettingsPlace } from './load-manage-settings.js';
import type { ManageSettings } from './manage-settings.js';

/** Whom reloads of the settings are told. */
export interface SettingsObserver {
  settingsLoaded(file: string): void;
  /** Each warning one line, with its place. */
  secretsWeak(warnings: readonly string[]): void;
  /** Each error one line, with its place. */
  settingsRejected(errors: readonly string[]): void;
}

/** The settings in force: those of the last file that was without mistakes. */
export class LiveSettings {
  readonly #place: SettingsPlace;
  readonly #observer: SettingsObserver;
  #current: ManageSettings;
  #last: Promise<void> = Promise.resolve();

  constructor(place: SettingsPlace, first: ManageSettings, observer: SettingsObserver) {
    this.#place = place;
    this.#observer = observer;
    this.#current = first;
  }

  get current(): ManageSettings {
    return this.#current;
  }

  /**
   * Reads the file anew, after a read that is under way: the last one asked for is in force at the end. A request that is
   * being answered keeps the settings that it began with.
   */
  reload(): Promise<void> {
    this.#last = this.#last.then(() => this.#read());
    return this.#last;
  }

  async #read(): Promise<void> {
    const result = await loadManageSettings(this.#place);
    if (!result.ok) this.#observer.settingsRejected(result.errors.map(formatRuleError));
    else if (result.settings.managed !== this.#current.managed) this.#observer.settingsRejected([this.#moved()]);
    else {
      this.#current = result.settings;
      this.#observer.settingsLoaded(this.#place.file);
      this.#observer.secretsWeak(result.warnings.map(formatRuleError));
    }
  }

  /** Files that are being written, and those already there, belong to the folder that was named at the start. */
  #moved(): string {
    return `${this.#place.file}: managed: cannot be changed while refgate runs; restart it, or put ${JSON.stringify(this.#current.managed)} back`;
  }
}
