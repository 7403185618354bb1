import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Cluster } from '../cluster/cluster.js';
import { ClusterMetrics } from '../cluster/cluster-metrics.js';
import { workerProgram } from '../cluster/forked-worker.js';
import { ProcessTable } from '../cluster/process-table.js';
import type { RulesSummary } from '../model/snapshot.js';
import { createLogger, type LogDestination, type Logger, standardOutput } from '../observe/logger.js';
import { Metrics } from '../observe/metrics.js';
import { Reporter } from '../observe/reporter.js';
import { registerScraped } from '../observe/scraped-metric.js';
import { WorkerReporter } from '../observe/worker-reporter.js';
import type { RulesImage } from '../rules/image/rules-image.js';
import { SnapshotStore } from '../rules/reload/store.js';
import type { Settings } from '../settings.js';
import { version } from '../version.js';
import { ControlPlane } from './control-plane.js';
import { LiveRules } from './live-rules.js';
import { closeAfterMs, forceAfterMs, type RunningServer } from './running-server.js';
import { SharedListeners } from './shared-listeners.js';

const program = fileURLToPath(new URL('./worker-process.js', import.meta.url));

/**
 * The service in several processes: this one keeps the rules, accepts connections and is managed, and its workers
 * decide. `start` and `stop` are its two orders.
 */
export class ClusterService implements RunningServer {
  readonly #settings: Settings;
  readonly #log: Logger;
  readonly #metrics: Metrics;
  readonly #processes = new ProcessTable();
  readonly #clusterMetrics: ClusterMetrics;
  readonly #store: SnapshotStore<RulesSummary>;
  readonly #rules: LiveRules<RulesSummary>;
  readonly #control: ControlPlane;
  readonly #cluster: Cluster;
  readonly #listeners: SharedListeners;
  #isReady = false;

  constructor(settings: Settings) {
    const output = standardOutput();
    this.#settings = settings;
    this.#log = createLogger(settings.logLevel, output);
    this.#metrics = new Metrics(version, (registry) => {
      for (const metric of this.#processes.metrics) registerScraped(registry, metric);
    });
    this.#cluster = this.#createCluster(output);
    this.#clusterMetrics = new ClusterMetrics(this.#metrics, () => this.#cluster.workers);
    const reporter = new Reporter(this.#log, this.#metrics);
    this.#store = new SnapshotStore((event) => reporter.reloaded(event, this.#store.current));
    this.#rules = new LiveRules(settings, {
      store: this.#store,
      prepare: (image, generation) => this.#publish(image, generation),
      held: () => this.#cluster.heldParts,
      reporter,
    });
    this.#control = this.#createControl(reporter);
    this.#listeners = new SharedListeners(settings, this.#cluster.shares);
    // However this process ends, its workers do not stay.
    process.once('exit', () => this.#cluster.kill());
  }

  /**
   * First what answers probes while rules load, then the workers, which boot while the rules are read, then the
   * listeners and the one that changes rules, and last the word that all of it is there.
   */
  async start(): Promise<void> {
    await this.#control.start();
    this.#cluster.start();
    await this.#rules.start();
    this.#control.readiness.isUp('rules');
    await this.#listeners.start();
    await this.#control.startManagement(this.#rules.forManagement);
    this.#control.readiness.isUp('listeners');
    this.#isReady = true;
    this.#log.announce('ready', 'answering', {
      ...this.#listeners.addresses,
      ...this.#control.addresses,
      generation: this.#store.generation,
      pid: process.pid,
      workers: this.#settings.workers,
    });
  }

  /**
   * First the word that it ends, then the time in which proxies hear of it, then the listeners, and when no connection
   * comes any more the workers; last the rules and the admin port, so that probes are answered to the end.
   */
  async stop(): Promise<void> {
    const { drainSeconds } = this.#settings;
    this.#log.info('draining', `serving on for ${drainSeconds} s, then ending`);
    this.#control.retire();
    this.#cluster.retire();
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
    await this.#listeners.close();
    await Promise.all([this.#cluster.drain(forceAfterMs), this.#control.drain(forceAfterMs)]);
  }

  async #publish(image: RulesImage, generation: number): Promise<RulesSummary> {
    const { lagSeconds } = await this.#cluster.publish(image, generation);
    this.#clusterMetrics.rolledOut(lagSeconds);
    this.#metrics.forget(await this.#cluster.gone(this.#metrics.countedPolicies));
    const clusterMetrics = this.#clusterMetrics;
    return {
      generation,
      loadedAt: new Date(),
      policies: { length: image.policies },
      entries: image.entries,
      cache: {
        hits: 0,
        misses: 0,
        get size() {
          return clusterMetrics.cacheEntries;
        },
      },
    };
  }

  #createCluster(output: LogDestination): Cluster {
    const reporter = new WorkerReporter(this.#log);
    return new Cluster({
      settings: this.#settings,
      start: workerProgram(program),
      observer: {
        line: (line) => output.write(line),
        lost: ({ id }, { restartMs, ...end }) => reporter.ended({ worker: id, ...end }, restartMs),
        late: ({ id }, step, generation) => reporter.late(id, step, generation),
        notInstalled: ({ id }, problem) => reporter.notInstalled(id, problem),
        serving: ({ id, pid }) => {
          if (this.#isReady) reporter.serving(id, pid);
        },
        counted: ({ id }, counts) => this.#clusterMetrics.counted(id, counts),
        gone: ({ id }) => this.#clusterMetrics.gone(id),
      },
    });
  }

  #createControl(reporter: Reporter): ControlPlane {
    const deciders = {
      rules: () => this.#store.current,
      lastReload: () => this.#store.lastReload,
      explain: this.#cluster.explain.bind(this.#cluster),
      workers: () => this.#cluster.workers,
    };
    const gather = async () => {
      await this.#processes.begin();
      for (const [worker, figures] of await this.#cluster.figures()) this.#processes.add(worker, figures);
    };
    return new ControlPlane(this.#settings, { log: this.#log, metrics: this.#metrics, reporter, deciders, gather });
  }
}
