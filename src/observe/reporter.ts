import type { AuthzRequest } from '../model/authz-request.js';
import type { Decision } from '../model/decision.js';
import type { ReloadEvent } from '../model/reload-event.js';
import type { Snapshot } from '../model/snapshot.js';
import { LogLimit } from './log-limit.js';
import type { LogFields, Logger } from './logger.js';
import type { Adapter, Metrics } from './metrics.js';

/** More than any policy has, and no more of a log line than that. */
const longestName = 200;

/** Tells log and metrics what happens: one call for each kind of event, so that neither is ever forgotten. */
export class Reporter {
  readonly #log: Logger;
  readonly #metrics: Metrics;
  readonly #limit = new LogLimit();

  constructor(log: Logger, metrics: Metrics) {
    this.#log = log;
    this.#metrics = metrics;
  }

  decided(decision: Decision, adapter: Adapter, seconds: number, request?: AuthzRequest): void {
    this.#metrics.decided(decision, adapter, seconds);
    if (decision.mode === 'shadow' && decision.action === 'deny') this.#shadowDeny(decision, adapter);
    if (decision.reason !== 'unknown_policy') return;
    const policy = (request?.policyName ?? '').slice(0, longestName);
    this.#sometimes('error', 'unknown_policy', `the proxy named the policy "${policy}", which does not exist`, {
      policy,
    });
  }

  /** A deny that nobody feels: without a line here, whoever tries a rule would see it in the metrics alone. */
  #shadowDeny({ policy, reason, refererHost, entry }: Decision, adapter: Adapter): void {
    const name = policy?.name ?? '';
    this.#sometimes('info', 'shadow_deny', `let pass what the policy ${name} denies: ${reason}`, {
      policy: name,
      reason,
      referer_host: refererHost,
      entry,
      adapter,
    });
  }

  badRequest(adapter: Adapter, problem: string): void {
    this.#metrics.badRequest(adapter);
    this.#sometimes('warn', 'bad_request', `a call was refused: ${problem}`, { adapter, problem });
  }

  internalError(error: unknown): void {
    this.#metrics.internalError();
    this.#sometimes('error', 'internal_error', 'a call failed by a fault of refgate', { err: error });
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

  /** `current` is what is in force now. */
  reloaded(event: ReloadEvent, current: Snapshot | undefined): void {
    switch (event.kind) {
      case 'published':
        if (current !== undefined) this.#metrics.published(current);
        this.#metrics.reloaded('success');
        for (const warning of event.warnings) this.#log.warn('rule_warning', warning);
        this.#log.info('rules_published', 'new rules are in force', {
          generation: event.generation,
          policies: current?.policies.length,
          entries: current?.entries,
        });
        break;
      case 'unchanged':
        this.#metrics.reloaded('unchanged');
        this.#log.debug('rules_unchanged', 'the files say what is in force already', { generation: event.generation });
        break;
      case 'rejected':
        this.#metrics.reloaded('failure');
        if (!event.repeated) this.#logRejected(event.errors, event.generation);
        break;
    }
  }

  #logRejected(errors: readonly string[], generation: number): void {
    const rest = generation === 0 ? 'there are none in force' : `those of generation ${generation} stay in force`;
    this.#log.error('rules_rejected', `the rules were not taken, ${rest}`, { errors, generation });
  }

  /** Lines that every request can bring about are written once in a while, with the number of those left out. */
  #sometimes(level: 'info' | 'warn' | 'error', event: string, message: string, fields: LogFields): void {
    const held = this.#limit.admit(`${event} ${message}`);
    if (held !== undefined) this.#log[level](event, message, held === 0 ? fields : { ...fields, heldBack: held });
  }
}
