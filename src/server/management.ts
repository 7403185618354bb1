import { BucketLimits } from '../manage/bucket-limits.js';
import { cdnApi } from '../manage/cdn/cdn-api.js';
import { createAudit } from '../manage/create-audit.js';
import { isLoopback } from '../manage/listener/is-loopback.js';
import { type ManageApis, type ManageListener, startManageListener } from '../manage/listener/manage-listener.js';
import type { ManageContext } from '../manage/manage-context.js';
import { MemoryNonces } from '../manage/memory-nonces.js';
import { ossApi } from '../manage/oss/oss-api.js';
import { createManagedPolicies, type ManagedPoliciesOptions } from '../manage/policies/create-managed-policies.js';
import type { ManagedPolicies } from '../manage/policies/managed-policies.js';
import { createRestApi } from '../manage/rest/rest-api.js';
import { type HostDifference, hostsThatDiffer, hostsThatDifferAfter } from '../manage/settings/hosts-that-differ.js';
import { LiveSettings } from '../manage/settings/live-settings.js';
import { loadManageSettings } from '../manage/settings/load-manage-settings.js';
import type { ManageReporter } from '../observe/manage-reporter.js';
import { formatRuleError } from '../rules/rule-error.js';
import type { Settings } from '../settings.js';
import type { ListenAddress } from '../transport/listen-address.js';

/** Where rules are managed, and by whose leave. */
export interface ManagementPlace {
  readonly listen: ListenAddress;
  /** The settings file. */
  readonly config: string;
  /** The rule folder. */
  readonly rules: string;
}

/** Whom the listener and its APIs tell. */
export interface ManagementObserver {
  readonly reporter: ManageReporter;
  internalError(error: unknown): void;
}

/** How the rules of the service are loaded and put in force. */
export type RulesInForce = Pick<ManagedPoliciesOptions, 'ask' | 'reload' | 'generation'>;

/** `undefined`: management is off. */
export function managementPlace(settings: Settings): ManagementPlace | undefined | { readonly problems: string[] } {
  const { manageListen: listen, manageConfig: config, rules } = settings;
  if (listen !== undefined && config !== undefined) return { listen, config, rules };
  if (listen === undefined && config === undefined) return undefined;
  const [given, missing] = config === undefined ? ['listen', 'config'] : ['config', 'listen'];
  return { problems: [`--manage-${given} needs --manage-${missing} as well; give both or neither`] };
}

/** The part of the service that is managed by API. It starts when the rules are in force. */
export class Management {
  readonly #place: ManagementPlace;
  readonly #observer: ManagementObserver;
  readonly #settings: LiveSettings;
  #policies: ManagedPolicies | undefined;
  #listener: ManageListener | undefined;

  /** Reads the settings; `problems`: their mistakes, a line each. */
  static async read(
    place: ManagementPlace,
    observer: ManagementObserver,
  ): Promise<Management | { problems: readonly string[] }> {
    const file = { file: place.config, rules: place.rules };
    const first = await loadManageSettings(file);
    if (!first.ok) return { problems: first.errors.map(formatRuleError) };
    observer.reporter.secretsWeak(first.warnings.map(formatRuleError));
    return new Management(place, observer, new LiveSettings(file, first.settings, observer.reporter));
  }

  private constructor(place: ManagementPlace, observer: ManagementObserver, settings: LiveSettings) {
    this.#place = place;
    this.#observer = observer;
    this.#settings = settings;
  }

  /** Where it is bound, with the real port; `undefined` before the start. */
  get address(): string | undefined {
    return this.#listener?.address;
  }

  /**
   * To be called when rules are in force.
   *
   * @throws {ListenError} (as a rejection) when the address cannot be bound.
   * @throws {ManagedFolderError} (as a rejection) when somebody put something else in the place of the managed folder.
   */
  async start(rules: RulesInForce): Promise<void> {
    const { managed, readOnly } = this.#settings.current;
    const { reporter } = this.#observer;
    this.#policies = await createManagedPolicies({
      ...rules,
      rules: this.#place.rules,
      managed,
      readOnly,
      onUnwritable: (problem) => reporter.unwritable(problem),
      onChanged: (changes) => this.#tellHosts(hostsThatDifferAfter(this.#settings.current, changes)),
    });
    this.#listener = await startManageListener({
      listen: this.#place.listen,
      apis: await this.#createApis(this.#policies, rules),
      observer: {
        answered: (api, status) => reporter.answered(api, status),
        internalError: (error) => this.#observer.internalError(error),
      },
    });
    if (!isLoopback(this.#listener.address)) reporter.exposed(this.#listener.address);
    await this.#compareHosts();
  }

  /** Reads the settings anew; with mistakes in them those in force stay. Never rejects. */
  async reload(): Promise<void> {
    try {
      await this.#settings.reload();
      await this.#compareHosts();
    } catch (error) {
      this.#observer.internalError(error);
    }
  }

  /** Goes on serving, but each answer ends its connection. */
  retire(): void {
    this.#listener?.retire();
  }

  /** Answers what is in flight, and cuts what is left after the deadline. */
  async drain(deadlineMs: number): Promise<void> {
    await this.#listener?.drain(deadlineMs);
  }

  async #compareHosts(): Promise<void> {
    if (this.#policies === undefined) return;
    this.#tellHosts(await hostsThatDiffer(this.#settings.current, this.#policies));
  }

  #tellHosts(differences: readonly HostDifference[]): void {
    for (const { policy, ...hosts } of differences) this.#observer.reporter.hostsDiffer(policy, hosts);
  }

  #isKnownKey(id: string | undefined): boolean {
    return id !== undefined && this.#settings.current.accessKeys.has(id);
  }

  async #createApis(policies: ManagedPolicies, { ask }: RulesInForce): Promise<ManageApis> {
    const { reporter } = this.#observer;
    const limits = new BucketLimits({ requestsPerSecond: () => this.#settings.current.requestsPerSecond });
    const context: ManageContext = {
      settings: () => this.#settings.current,
      policies,
      audit: createAudit(
        (line) => reporter.audited({ ...line }),
        (client) => limits.admitFailure(client),
      ),
      limits,
      nonces: new MemoryNonces(),
      now: () => new Date(),
      authenticationFailed: (failure) => reporter.authenticationFailed(failure, this.#isKnownKey(failure.accessKeyId)),
      internalError: (error) => this.#observer.internalError(error),
    };
    const rest = await createRestApi({ ...context, rules: this.#place.rules, ask });
    return { oss: ossApi(context), cdn: cdnApi(context), rest };
  }
}
