import { LogLimit } from './log-limit.js';
import type { LogFields, Logger } from './logger.js';
import type { ChangeResult, Metrics } from './metrics.js';

/** A call whose signature or token did not hold; never with a secret in it. */
interface FailedAuthentication {
  readonly api: string;
  readonly client: string;
  /** Of the answer. */
  readonly requestId?: string;
  /** As the call claims. */
  readonly accessKeyId?: string;
  readonly code: string;
  /** What it looks like. */
  readonly cause?: string;
}

/** Tells log and metrics what happens at the management listener. */
export class ManageReporter {
  readonly #log: Logger;
  readonly #metrics: Metrics;
  readonly #limit = new LogLimit();

  constructor(log: Logger, metrics: Metrics) {
    this.#log = log;
    this.#metrics = metrics;
  }

  /** A change, or one that was refused. Written at every log level: it is what an auditor looks for. */
  audited(line: LogFields & { readonly result: ChangeResult; readonly action: string }): void {
    this.#metrics.manageChanged(line.result);
    this.#log.announce('audit', `${line.action} ${line.result}`, line);
  }

  /**
   * Once in a while for each client, known access key, code and cause: whoever guesses must not fill the log, and whoever corrects one
   * mistake must see the next. Numbers are left out, since a clock is off by another one each time.
   *
   * @param isKnownKey - the settings have a key of this id: each has lines of its own, since behind a proxy all clients
   *   have one address. Of ids that anybody can make up there is no end
   */
  authenticationFailed(failure: FailedAuthentication, isKnownKey: boolean): void {
    const { api, client, accessKeyId = '', code, cause = '' } = failure;
    const key = isKnownKey ? accessKeyId : '';
    const held = this.#limit.admit(`${api} ${client} ${key} ${code} ${cause.replaceAll(/\d+/g, '')}`);
    if (held === undefined) return;
    const message = `a call to the ${api} API was not authenticated: ${code}`;
    this.#log.warn(
      'manage_authentication_failed',
      message,
      held === 0 ? { ...failure } : { ...failure, heldBack: held },
    );
  }

  /** `api`: `none` where no request could be read. */
  answered(api: string, status: number): void {
    this.#metrics.manageAnswered(api, status);
  }

  /** Bound where others can reach it: what is signed can be read, and tokens can be stolen. */
  exposed(address: string): void {
    const message =
      'the management listener is reachable from other machines without TLS; put a proxy with TLS in front of it';
    this.#log.warn('manage_exposed', message, { address });
  }

  settingsLoaded(file: string): void {
    this.#log.info('manage_settings_loaded', 'new management settings are in force', { file });
  }

  /** A line for each reason why others may know a secret: at the start, and whenever the settings are read anew. */
  secretsWeak(warnings: readonly string[]): void {
    for (const warning of warnings) this.#log.warn('manage_secret_weak', warning);
  }

  settingsRejected(errors: readonly string[]): void {
    const message = 'the management settings were not taken, those read before stay in force';
    this.#log.error('manage_settings_rejected', message, { errors });
  }

  /** Once in a while: clients try again, and the disk stays full. */
  unwritable(problem: string): void {
    const held = this.#limit.admit(`unwritable ${problem}`);
    if (held === undefined) return;
    const message = 'rule files cannot be written; changes by API are refused';
    this.#log.error('managed_unwritable', message, held === 0 ? { problem } : { problem, heldBack: held });
  }

  /** Somebody edited the file, or the settings, or changed the policy by the REST API. */
  hostsDiffer(policy: string, difference: { readonly settings: readonly string[]; readonly file: unknown }): void {
    const message = `the policy ${policy} has other hosts than the management settings; its next change by the OSS or CDN API sets those of the settings`;
    this.#log.warn('managed_hosts_differ', message, { policy, ...difference });
  }
}
