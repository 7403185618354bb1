import type { Logger } from '../observe/logger.js';
import { ManageReporter } from '../observe/manage-reporter.js';
import type { Metrics } from '../observe/metrics.js';
import type { Reporter } from '../observe/reporter.js';
import type { Settings } from '../settings.js';
import { Readiness } from '../transport/admin/readiness.js';
import { type AdminListener, type AdminSources, startAdminServer } from '../transport/admin/server.js';
import { version } from '../version.js';
import { Management, managementPlace, type RulesInForce } from './management.js';
import { bound, StartError } from './start-error.js';

/** What the control plane shows and whom it tells. */
export interface ControlPlaneParts {
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly reporter: Reporter;
  /** What the admin port shows of those who decide. */
  readonly deciders: Pick<AdminSources, 'rules' | 'lastReload' | 'explain' | 'workers'>;
  /** Called before metrics are shown, and waited for. */
  readonly gather?: () => Promise<void>;
}

/** The listeners for those who run the service: the admin port, and the APIs that change rules. One a service. */
export class ControlPlane {
  readonly readiness: Readiness = new Readiness(['rules', 'listeners']);
  readonly #settings: Settings;
  readonly #parts: ControlPlaneParts;
  #management: Management | undefined;
  #admin: AdminListener | undefined;

  constructor(settings: Settings, parts: ControlPlaneParts) {
    this.#settings = settings;
    this.#parts = parts;
  }

  /** Where it is bound, with the real ports; `null`: off. */
  get addresses(): { readonly admin: string | null; readonly manage: string | null } {
    return { admin: this.#admin?.address ?? null, manage: this.#management?.address ?? null };
  }

  /**
   * First the management settings, which are quickly read and often wrong, then the admin port, so that probes are
   * answered while rules load.
   *
   * @throws {StartError} (as a rejection) when the settings are not good, or the address cannot be bound.
   */
  async start(): Promise<void> {
    await this.#readManagement();
    await this.#startAdmin();
  }

  /**
   * The APIs that change rules; to be called when rules are in force.
   *
   * @throws {StartError} (as a rejection) when the address cannot be bound, or the managed folder be used.
   */
  async startManagement(rules: RulesInForce): Promise<void> {
    const management = this.#management;
    if (management !== undefined) await bound('manageListen', management, () => management.start(rules));
  }

  /** Reads the management settings anew. */
  async reload(): Promise<void> {
    await this.#management?.reload();
  }

  /** Not ready any more; goes on serving. */
  retire(): void {
    this.readiness.drains();
    this.#management?.retire();
  }

  /** Answers the changes that are in flight, and cuts what is left after the deadline. The admin port stays up. */
  async drain(deadlineMs: number): Promise<void> {
    await this.#management?.drain(deadlineMs);
  }

  /** Ends the admin port, the last thing that ends. */
  async close(deadlineMs: number): Promise<void> {
    await this.#admin?.drain(deadlineMs);
  }

  async #readManagement(): Promise<void> {
    const { log, metrics, reporter } = this.#parts;
    const place = managementPlace(this.#settings);
    if (place === undefined) return;
    if ('problems' in place) throw new StartError(place.problems);
    const read = await Management.read(place, {
      reporter: new ManageReporter(log, metrics),
      internalError: (error) => reporter.internalError(error),
    });
    if ('problems' in read) throw new StartError(read.problems);
    this.#management = read;
  }

  async #startAdmin(): Promise<void> {
    const { metrics, reporter, deciders, gather } = this.#parts;
    const text = async () => {
      await gather?.();
      return await metrics.text();
    };
    const sources: AdminSources = {
      ...deciders,
      version,
      readiness: this.readiness,
      metrics: { contentType: metrics.contentType, text },
      internalError: (error: unknown) => reporter.internalError(error),
    };
    const { adminListen } = this.#settings;
    this.#admin = await bound('adminListen', adminListen, (listen) => startAdminServer({ listen, sources }));
  }
}
