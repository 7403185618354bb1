/** What Envoy says of its calls to refgate, and what it is called in the report. */
const told: Readonly<Record<string, string>> = {
  upstream_rq_tx_reset: 'Envoy: calls taken back',
  upstream_rq_rx_reset: 'Envoy: calls reset by refgate',
  upstream_cx_destroy_remote_with_active_rq: 'Envoy: connections lost with calls in flight',
  upstream_rq_retry: 'Envoy: calls retried',
  upstream_rq_retry_overflow: 'Envoy: retries not made for lack of budget',
  upstream_rq_retry_limit_exceeded: 'Envoy: retries that were the last',
  upstream_rq_retry_success: 'Envoy: retries that were answered',
};

/** Numbers for the report, from Envoy's admin interface: what resets have cost, and what retries have made good. */
export async function envoyStats(admin: string): Promise<[what: string, times: string][]> {
  const response = await fetch(`http://${admin}/stats?filter=^cluster\\.refgate\\.upstream_`);
  const values = new Map((await response.text()).split('\n').map((line) => line.split(': ') as [string, string]));
  return Object.entries(told).map(([name, what]) => [what, values.get(`cluster.refgate.${name}`) ?? 'not told']);
}
