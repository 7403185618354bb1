import { setTimeout as delay } from 'node:timers/promises';
import { decide } from '../decide/decide.js';
import { createLogger, type Logger } from '../observe/logger.js';
import { Metrics } from '../observe/metrics.js';
import { Reporter } from '../observe/reporter.js';
import { SnapshotStore } from '../rules/reload/store.js';
import type { Settings } from '../settings.js';
import { explain } from '../transport/admin/explain.js';
import type { GrpcRules } from '../transport/grpc/grpc-rules.js';
import { version } from '../version.js';
import { ControlPlane, type ControlPlaneParts } from './control-plane.js';
import { DataPlane } from './data-plane.js';
import { Hydration } from './hydration.js';
import { LiveRules } from './live-rules.js';
import { closeAfterMs, forceAfterMs, type RunningServer } from './running-server.js';

/** This process decides, and is asked about it. */
function ownDecider(store: SnapshotStore<GrpcRules>): ControlPlaneParts['deciders'] {
  return {
    rules: () => store.current?.snapshot,
    lastReload: () => store.lastReload,
    explain: async (request) => store.current && explain(store.current.snapshot, decide, request),
    workers: () => [],
  };
}

/** The service in one process: it keeps the rules and decides by them. `start` and `stop` are its two orders. */
export class SingleService implements RunningServer {
  readonly #settings: Settings;
  readonly #log: Logger;
  readonly #store: SnapshotStore<GrpcRules>;
  readonly #rules: LiveRules<GrpcRules>;
  readonly #control: ControlPlane;
  readonly #data: DataPlane;

  constructor(settings: Settings) {
    const log = createLogger(settings.logLevel);
    const metrics = new Metrics(version);
    const reporter = new Reporter(log, metrics);
    const store = new SnapshotStore<GrpcRules>((event) => reporter.reloaded(event, store.current?.snapshot));
    this.#settings = settings;
    this.#log = log;
    this.#store = store;
    const hydration = new Hydration(settings);
    this.#rules = new LiveRules(settings, {
      store,
      prepare: (image, generation) => hydration.prepare(image, generation),
      held: () => hydration.held,
      reporter,
    });
    this.#control = new ControlPlane(settings, { log, metrics, reporter, deciders: ownDecider(store) });
    // The listeners start when the first rules are in force.
    this.#data = new DataPlane(settings, { current: () => store.current as GrpcRules, reporter });
  }

  /**
   * First what answers probes while rules load, then the rules, then the listeners that decide by them and the one that
   * changes them, and last the word that all of it is there.
   */
  async start(): Promise<void> {
    await this.#control.start();
    await this.#rules.start();
    this.#control.readiness.isUp('rules');
    await this.#data.start();
    await this.#control.startManagement(this.#rules.forManagement);
    this.#data.setServing(true);
    this.#control.readiness.isUp('listeners');
    this.#log.announce('ready', 'answering', {
      ...this.#data.addresses,
      ...this.#control.addresses,
      generation: this.#store.generation,
      pid: process.pid,
      workers: 1,
    });
  }

  /**
   * First the word that it ends, then the time in which proxies hear of it, then the listeners that decide, and last
   * the rules and the admin port, so that probes are answered to the end.
   */
  async stop(): Promise<void> {
    const { drainSeconds } = this.#settings;
    this.#log.info('draining', `serving on for ${drainSeconds} s, then ending`);
    this.#control.retire();
    this.#data.setServing(false);
    this.#data.retire();
    await delay(drainSeconds * 1_000);
    await this.#drain();
    await Promise.race([this.close(), delay(closeAfterMs)]);
    this.#log.info('stopped', 'all connections have ended');
  }

  reload(): void {
    void this.#control.reload().then(() => this.#rules.reload());
  }

  /** Ends what has started, the last first. */
  async close(): Promise<void> {
    await this.#drain();
    await this.#rules.close();
    await this.#control.close(closeAfterMs);
  }

  async #drain(): Promise<void> {
    await Promise.all([this.#data.drain(forceAfterMs), this.#control.drain(forceAfterMs)]);
  }
}
