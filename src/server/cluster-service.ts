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
import { type Answering, Service } from './service.js';
import { SharedListeners } from './shared-listeners.js';

const program = fileURLToPath(new URL('./worker-process.js', import.meta.url));

/** The service in several processes: this one keeps the rules, accepts connections and is managed, its workers decide. */
export function createClusterService(settings: Settings): Service {
  const parts = new ClusterParts(settings);
  const { log, control, rules } = parts;
  return new Service(settings, { log, control, rules, answering: parts });
}

class ClusterParts implements Answering {
  readonly log: Logger;
  readonly rules: LiveRules<RulesSummary>;
  readonly control: ControlPlane;
  readonly #settings: Settings;
  readonly #metrics: Metrics;
  readonly #processes = new ProcessTable();
  readonly #clusterMetrics: ClusterMetrics;
  readonly #store: SnapshotStore<RulesSummary>;
  readonly #cluster: Cluster;
  readonly #listeners: SharedListeners;
  #isReady = false;

  constructor(settings: Settings) {
    const output = standardOutput();
    this.#settings = settings;
    this.log = createLogger(settings.logLevel, output);
    this.#metrics = new Metrics(version, (registry) => {
      for (const metric of this.#processes.metrics) registerScraped(registry, metric);
    });
    this.#cluster = this.#createCluster(output);
    this.#clusterMetrics = new ClusterMetrics(this.#metrics, () => this.#cluster.workers);
    const reporter = new Reporter(this.log, this.#metrics);
    this.#store = new SnapshotStore((event) => reporter.reloaded(event, this.#store.current));
    this.rules = new LiveRules(settings, {
      store: this.#store,
      prepare: (image, generation) => this.#publish(image, generation),
      held: () => this.#cluster.heldParts,
      reporter,
    });
    this.control = this.#createControl(reporter);
    this.#listeners = new SharedListeners(settings, this.#cluster.shares);
    // However this process ends, its workers do not stay.
    process.once('exit', () => this.#cluster.kill());
  }

  get addresses(): Answering['addresses'] {
    return this.#listeners.addresses;
  }

  /** Workers boot while the rules are read. */
  prepare(): void {
    this.#cluster.start();
  }

  start(): Promise<void> {
    return this.#listeners.start();
  }

  serve(): void {
    this.#isReady = true;
  }

  retire(): void {
    this.#cluster.retire();
  }

  /** The workers end when no connection comes any more. */
  async drain(deadlineMs: number): Promise<void> {
    await this.#listeners.close();
    await this.#cluster.drain(deadlineMs);
  }

  async #publish(image: RulesImage, generation: number): Promise<RulesSummary> {
    const { lagSeconds } = await this.#cluster.publish(image, generation);
    this.#clusterMetrics.rolledOut(lagSeconds);
    this.#metrics.forget(await this.#cluster.gonePolicies(this.#metrics.countedPolicies));
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
    const reporter = new WorkerReporter(this.log);
    return new Cluster({
      settings: this.#settings,
      start: workerProgram(program),
      observer: {
        line: (line) => output.write(line),
        lost: ({ id }, { restartMs, ...end }) => reporter.ended({ worker: id, ...end }, restartMs),
        silent: ({ id, pid }) => reporter.silent(id, pid),
        late: ({ id }, step, generation) => reporter.late(id, step, generation),
        notInstalled: ({ id }, problem) => reporter.notInstalled(id, problem),
        missedRules: () => this.rules.again(),
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
    const gather = async () => this.#processes.show(await this.#cluster.figures());
    return new ControlPlane(this.#settings, { log: this.log, metrics: this.#metrics, reporter, deciders, gather });
  }
}
