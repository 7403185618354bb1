import type { OpenConnections } from '../observe/connection-tally.js';
import type { Metrics } from '../observe/metrics.js';
import type { ScrapedValue } from '../observe/scraped-metric.js';
import type { WorkerStatus } from '../transport/admin/status-report.js';
import type { WorkerCounts } from './messages.js';

const states = ['starting', 'serving', 'waiting'] as const;

/**
 * What the metrics tell of several processes. Workers tell what they have counted since the last time, and the primary
 * adds it up: a worker that dies takes with it what it had not told, at most a second's, and no counter goes down.
 */
export class ClusterMetrics {
  readonly #metrics: Metrics;
  readonly #cacheEntries = new Map<number, number>();
  readonly #openConnections = new Map<number, OpenConnections>();
  #lagSeconds = 0;

  constructor(metrics: Metrics, workers: () => readonly WorkerStatus[]) {
    this.#metrics = metrics;
    this.#register(workers);
  }

  counted(worker: number, counts: WorkerCounts): void {
    this.#metrics.add(counts);
    this.#cacheEntries.set(worker, counts.cacheEntries);
    this.#openConnections.set(worker, counts.openConnections);
    this.#addOpenConnections();
  }

  /** Its process has ended. */
  gone(worker: number): void {
    this.#cacheEntries.delete(worker);
    this.#openConnections.delete(worker);
    this.#addOpenConnections();
  }

  rolledOut(lagSeconds: number): void {
    this.#lagSeconds = lagSeconds;
  }

  /** Verdicts in the caches of all workers. */
  get cacheEntries(): number {
    return [...this.#cacheEntries.values()].reduce((sum, entries) => sum + entries, 0);
  }

  #addOpenConnections(): void {
    const open = { grpc: 0, http: 0 };
    for (const { grpc, http } of this.#openConnections.values()) {
      open.grpc += grpc;
      open.http += http;
    }
    this.#metrics.connections.open = open;
  }

  #register(workers: () => readonly WorkerStatus[]): void {
    const byWorker = (read: (worker: WorkerStatus) => number) => (): ScrapedValue[] =>
      workers().map((worker) => ({ labels: { worker: worker.id }, value: read(worker) }));
    const gauge = (name: string, help: string, values: () => ScrapedValue[]) =>
      this.#metrics.register({ name, help, type: 'gauge', values });
    gauge('refgate_workers', 'Worker processes by state: starting, serving, or waiting for their next start.', () =>
      states.map((state) => ({
        labels: { state },
        value: workers().filter((worker) => worker.state === state).length,
      })),
    );
    gauge(
      'refgate_worker_generation',
      'Number of the rules that a worker decides by; 0 while it has none.',
      byWorker(({ generation }) => generation),
    );
    gauge(
      'refgate_worker_connections',
      'Connections of proxies that a worker has.',
      byWorker(({ connections }) => connections),
    );
    gauge(
      'refgate_workers_generation_lag_seconds',
      'Time between the first worker and the last to decide by the rules in force.',
      () => [{ labels: {}, value: this.#lagSeconds }],
    );
    this.#metrics.register({
      name: 'refgate_worker_restarts_total',
      help: 'How often the process of a worker ended and was replaced.',
      type: 'counter',
      values: byWorker(({ restarts }) => restarts),
    });
  }
}
