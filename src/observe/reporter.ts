import type { ReloadEvent } from '../model/reload-event.js';
import type { RulesSummary } from '../model/snapshot.js';
import { CallReporter } from './call-reporter.js';
import type { LogFields, Logger } from './logger.js';
import type { Metrics } from './metrics.js';

/** What the last load took. */
export interface LoadedWork {
  readonly seconds: number;
  /** Rule files, and those of them that were read and compiled anew. */
  readonly files: number;
  readonly compiled: number;
}

/** Tells log and metrics what becomes of calls and of rules. */
export class Reporter extends CallReporter {
  readonly #log: Logger;
  readonly #metrics: Metrics;
  #work: LoadedWork | undefined;

  constructor(log: Logger, metrics: Metrics) {
    super(log, metrics);
    this.#log = log;
    this.#metrics = metrics;
  }

  /** The first load begins. With millions of entries it takes a while, in which a start would look like a hang. */
  loading(rules: string): void {
    this.#log.info('loading', 'reading the rules', { rules });
  }

  /** A folder of rules cannot be watched, for lack of inotify watches or of permission. */
  watchFailed(error: NodeJS.ErrnoException): void {
    const message = 'changes of rule files are not all heard: they are seen within 30 s, or at SIGHUP';
    this.#log.warn('rules_watch_failed', message, { err: error });
  }

  /** What came of a load is told by what follows it. */
  loaded(work: LoadedWork): void {
    this.#work = work;
    this.#metrics.loaded(work.seconds);
  }

  /** `current` is what is in force now. */
  reloaded(event: ReloadEvent, current: RulesSummary | undefined): void {
    switch (event.kind) {
      case 'published':
        if (current !== undefined) this.#metrics.published(current);
        this.#metrics.reloaded('success');
        for (const warning of event.warnings) this.#log.warn('rule_warning', warning);
        this.#log.info('rules_published', 'new rules are in force', {
          generation: event.generation,
          policies: current?.policies.length,
          entries: current?.entries,
          ...this.#workFields(),
        });
        break;
      case 'unchanged':
        this.#metrics.reloaded('unchanged');
        this.#log.debug('rules_unchanged', 'the files say what is in force already', {
          generation: event.generation,
          ...this.#workFields(),
        });
        break;
      case 'rejected':
        this.#metrics.reloaded('failure');
        if (!event.repeated) this.#logRejected(event.errors, event.generation);
        break;
    }
  }

  #workFields(): LogFields {
    if (this.#work === undefined) return {};
    const { seconds, files, compiled } = this.#work;
    return { load_seconds: Number(seconds.toFixed(3)), files, files_compiled: compiled };
  }

  #logRejected(errors: readonly string[], generation: number): void {
    const rest = generation === 0 ? 'there are none in force' : `those of generation ${generation} stay in force`;
    this.#log.error('rules_rejected', `the rules were not taken, ${rest}`, { errors, generation });
  }
}
