import { exchange } from '../../support/http-exchange.js';
import { parseMetrics } from '../../support/http-metrics.js';
import type { Scene } from '../scene/scene.js';

/** How many checks an instance says that it has decided, and how many it was sent. */
export interface DecisionCounts {
  readonly decided: number;
  /** Answered ones alone. */
  readonly answered: number;
  /** With those that were taken back or lost. */
  readonly sent: number;
}

interface Clusters {
  readonly cluster_statuses: readonly { readonly name: string; readonly host_statuses?: readonly HostStatus[] }[];
}

interface HostStatus {
  readonly address: { readonly socket_address: { readonly port_value: number } };
  readonly stats: readonly { readonly name: string; readonly value?: string }[];
}

/**
 * Counts of the instance that never ends. `refgate_decisions_total` forgets policies that are gone, and so is at most
 * what the histogram of durations has counted.
 */
export async function decisionCounts(scene: Scene): Promise<DecisionCounts> {
  const { steady, ledger, counts } = scene;
  const { body } = await exchange(steady.admin, { path: '/metrics' });
  const ofEnvoy = await envoyCounts(scene.envoy.admin, steady.grpc);
  return {
    decided: new Map(parseMetrics(body)).get('refgate_check_duration_seconds_count{transport="grpc"}') ?? 0,
    answered: ledger.answered.steady + ofEnvoy.success,
    sent: ledger.answered.steady + ofEnvoy.total + (counts.get('aborted calls') ?? 0),
  };
}

async function envoyCounts(admin: string, grpc: string): Promise<{ success: number; total: number }> {
  const response = await fetch(`http://${admin}/clusters?format=json`);
  const { cluster_statuses: clusters } = (await response.json()) as Clusters;
  const hosts = clusters.find(({ name }) => name === 'refgate')?.host_statuses ?? [];
  const port = Number(grpc.slice(grpc.lastIndexOf(':') + 1));
  const host = hosts.find(({ address }) => address.socket_address.port_value === port);
  const value = (name: string) => Number(host?.stats.find((stat) => stat.name === name)?.value ?? 0);
  return { success: value('rq_success'), total: value('rq_total') };
}
