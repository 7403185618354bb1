import { setTimeout as delay } from 'node:timers/promises';
import { createLogger, type Logger } from './observe/logger.js';
import { Metrics } from './observe/metrics.js';
import { Reporter } from './observe/reporter.js';
import { SnapshotStore } from './rules/reload/store.js';
import { ControlPlane } from './server/control-plane.js';
import { DataPlane } from './server/data-plane.js';
import { LiveRules } from './server/live-rules.js';
import { seal } from './server/seal.js';
import { StartError } from './server/start-error.js';
import type { Settings } from './settings.js';
import type { GrpcRules } from './transport/grpc/grpc-rules.js';
import { version } from './version.js';

/** A service that answers. */
export interface RunningServer {
  /** Reads the management settings and the rules anew, at once. */
  reload(): void;
  /**
   * Ends it without losing what is in flight: not ready, then `drainSeconds` of serving on, then connections end. Takes
   * at most 5 seconds more than that.
   */
  stop(): Promise<void>;
}

/** Why the service did not start: each text is one line that says what to do about. */
export interface StartFailure {
  readonly problems: readonly string[];
}

/** After the drain: the time that calls in flight get, and then the rest. Together less than the 5 seconds promised. */
const forceAfterMs = 3_000;
const closeAfterMs = 1_000;

/**
 * Constructs the service and starts it. Whatever has started ends again when a later part fails.
 */
export async function startServer(settings: Settings): Promise<RunningServer | StartFailure> {
  const service = new Service(settings);
  try {
    await service.start();
    return service;
  } catch (error) {
    await service.close();
    if (error instanceof StartError) return { problems: error.problems };
    throw error;
  }
}

/** All parts of one service. `start` and `stop` are its two orders. */
class Service implements RunningServer {
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
    this.#rules = new LiveRules(settings, {
      store,
      prepare: (rules, generation) => seal(rules, generation, settings),
      reporter,
    });
    this.#control = new ControlPlane(settings, { log, metrics, reporter, store });
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
