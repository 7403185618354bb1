import type { RetirementReason } from '../model/retirement-reason.js';
import type { ScrapedMetric } from './scraped-metric.js';

/** Listeners that proxies ask at. Their connections last, so it matters how many there are. */
export type DecidingListener = 'grpc' | 'http';

const listeners = ['grpc', 'http'] as const;
const reasons = ['age', 'resets'] as const;

/** What can be added up over processes. Connections over HTTP/1.1 have no resets: who gives up ends the connection. */
export interface ConnectionCounts {
  readonly retired: Readonly<Record<DecidingListener, Readonly<Record<RetirementReason, number>>>>;
  readonly callsReset: number;
}

/** Open connections of one process, or of all. */
export type OpenConnections = Readonly<Record<DecidingListener, number>>;

/** Counts connections, how they end, and calls that are taken back. */
export class ConnectionTally {
  #open = { grpc: 0, http: 0 };
  #retired = { grpc: { age: 0, resets: 0 }, http: { age: 0, resets: 0 } };
  #callsReset = 0;

  get open(): OpenConnections {
    return this.#open;
  }

  /** Of several processes, who alone know. */
  set open(open: OpenConnections) {
    this.#open = { ...open };
  }

  opened(listener: DecidingListener): void {
    this.#open[listener]++;
  }

  closed(listener: DecidingListener): void {
    this.#open[listener]--;
  }

  retired(listener: DecidingListener, reason: RetirementReason): void {
    this.#retired[listener][reason]++;
  }

  callReset(): void {
    this.#callsReset++;
  }

  /** Counts what another process has counted. */
  add({ retired, callsReset }: ConnectionCounts): void {
    for (const listener of listeners) {
      for (const reason of reasons) this.#retired[listener][reason] += retired[listener][reason];
    }
    this.#callsReset += callsReset;
  }

  /** What was counted since the last call. */
  take(): ConnectionCounts {
    const taken = { retired: this.#retired, callsReset: this.#callsReset };
    this.#retired = { grpc: { age: 0, resets: 0 }, http: { age: 0, resets: 0 } };
    this.#callsReset = 0;
    return taken;
  }

  get metrics(): readonly ScrapedMetric[] {
    return [
      {
        name: 'refgate_connections',
        help: 'Open connections of proxies by listener.',
        type: 'gauge',
        values: () => listeners.map((listener) => ({ labels: { listener }, value: this.#open[listener] })),
      },
      {
        name: 'refgate_connections_retired_total',
        help: 'Good connections that were ended so that the proxy connects anew: by age, or by the number of reset calls.',
        type: 'counter',
        values: () =>
          listeners.flatMap((listener) =>
            reasons.map((reason) => ({ labels: { listener, reason }, value: this.#retired[listener][reason] })),
          ),
      },
      {
        name: 'refgate_grpc_calls_reset_total',
        help: 'Calls that a proxy took back before they were answered: its timeout ran out, or its client went away.',
        type: 'counter',
        values: () => [{ labels: {}, value: this.#callsReset }],
      },
    ];
  }
}
