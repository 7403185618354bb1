import { expect } from 'chai';
import type { Snapshot } from '#refgate/model/snapshot.js';
import { Metrics } from '#refgate/observe/metrics.js';
import { decisionOf, imagesPolicy, shadowPolicy } from '../../support/http-decision.js';
import { parseMetrics } from '../../support/http-metrics.js';
import { snapshotOf } from '../../support/http-snapshot.js';

const snapshot = (given: Partial<Snapshot> = {}): Snapshot => ({ ...snapshotOf('allow'), ...given });
const cache = (hits: number, misses: number) => ({
  hits,
  misses,
  size: misses,
  get: () => undefined,
  bytes: 300 * misses,
  offer: () => undefined,
  recent: { find: () => undefined, keep: () => undefined },
});

describe('Metrics', () => {
  let metrics: Metrics;
  beforeEach(() => {
    metrics = new Metrics('1.2.3');
  });
  const values = async () => parseMetrics(await metrics.text());

  it('counts decisions by policy, true verdict, reason and mode', async () => {
    metrics.decided(decisionOf(), 'grpc', 0.0001);
    metrics.decided(decisionOf(), 'envoy', 0.0001);
    metrics.decided(decisionOf({ policy: shadowPolicy, mode: 'shadow', passes: true }), 'grpc', 0.0001);
    metrics.decided(decisionOf({ policy: undefined, mode: '', action: 'allow', reason: 'no_policy' }), 'grpc', 0.0001);
    const decisions = (await values()).filter(([series]) => series.startsWith('refgate_decisions_total'));
    expect(decisions).to.have.deep.members([
      ['refgate_decisions_total{policy="images",decision="deny",reason="not_in_allow_list",mode="enforce"}', 2],
      ['refgate_decisions_total{policy="shadowed",decision="deny",reason="not_in_allow_list",mode="shadow"}', 1],
      ['refgate_decisions_total{policy="",decision="allow",reason="no_policy",mode=""}', 1],
    ]);
  });

  it('keeps the counts of policies that stay, and forgets those that go', async () => {
    metrics.decided(decisionOf(), 'grpc', 0);
    metrics.decided(decisionOf({ policy: shadowPolicy, mode: 'shadow' }), 'grpc', 0);
    metrics.published(snapshot({ byName: new Map([['images', imagesPolicy]]) }));
    metrics.decided(decisionOf({ policy: { ...imagesPolicy } }), 'grpc', 0);
    const decisions = (await values()).filter(([series]) => series.startsWith('refgate_decisions_total'));
    expect(decisions).to.deep.equal([
      ['refgate_decisions_total{policy="images",decision="deny",reason="not_in_allow_list",mode="enforce"}', 2],
    ]);
  });

  it('puts durations into cumulative buckets', async () => {
    for (const seconds of [0.00001, 0.00005, 0.0004, 0.1, 7]) metrics.decided(decisionOf(), 'nginx', seconds);
    const read = new Map(await values());
    const bucket = (le: string) => read.get(`refgate_check_duration_seconds_bucket{le="${le}",transport="nginx"}`);
    expect(['0.00005', '0.0001', '0.0005', '0.05', '0.1', '+Inf'].map(bucket)).to.deep.equal([2, 2, 3, 3, 4, 5]);
    expect(read.get('refgate_check_duration_seconds_count{transport="nginx"}')).to.equal(5);
    expect(read.get('refgate_check_duration_seconds_sum{transport="nginx"}')).to.be.closeTo(7.10046, 1e-9);
    expect(read.get('refgate_check_duration_seconds_count{transport="grpc"}')).to.equal(0);
  });

  it('never lets cache counters go backwards when the snapshot changes', async () => {
    metrics.published(snapshot({ cache: cache(10, 3) }));
    metrics.published(snapshot({ cache: cache(5, 1) }));
    metrics.published(snapshot({ cache: undefined }));
    metrics.published(snapshot({ cache: cache(0, 2) }));
    const read = new Map(await values());
    expect(read.get('refgate_cache_hits_total')).to.equal(15);
    expect(read.get('refgate_cache_misses_total')).to.equal(6);
    expect(read.get('refgate_cache_entries')).to.equal(2);
  });

  it('tells of the rules in force', async () => {
    metrics.published(snapshot());
    const read = new Map(await values());
    expect(read.get('refgate_snapshot_generation')).to.equal(7);
    expect(read.get('refgate_policies')).to.equal(6);
    expect(read.get('refgate_entries')).to.equal(5);
    expect(read.get('refgate_last_successful_load_timestamp_seconds')).to.equal(
      Date.parse('2026-11-22T08:00:00Z') / 1000,
    );
  });

  it('has each reload result, adapter and fault from the start, at 0', async () => {
    const read = new Map(await values());
    for (const result of ['success', 'failure', 'unchanged']) {
      expect(read.get(`refgate_rule_reloads_total{result="${result}"}`)).to.equal(0);
    }
    for (const adapter of ['grpc', 'nginx', 'forward', 'envoy', 'http']) {
      expect(read.get(`refgate_bad_requests_total{adapter="${adapter}"}`)).to.equal(0);
    }
    expect(read.get('refgate_internal_errors_total')).to.equal(0);
    expect(read.get('refgate_snapshot_generation')).to.equal(0);
    expect(read.get(`refgate_build_info{version="1.2.3",node="${process.version}"}`)).to.equal(1);
  });

  it('counts connections, how they end, and calls that are taken back', async () => {
    for (const listener of ['grpc', 'grpc', 'http'] as const) metrics.connections.opened(listener);
    metrics.connections.closed('grpc');
    metrics.connections.retired('grpc', 'age');
    metrics.connections.callReset();
    const read = new Map(await values());
    expect(read.get('refgate_connections{listener="grpc"}')).to.equal(1);
    expect(read.get('refgate_connections{listener="http"}')).to.equal(1);
    expect(read.get('refgate_connections_retired_total{listener="grpc",reason="age"}')).to.equal(1);
    expect(read.get('refgate_connections_retired_total{listener="http",reason="age"}')).to.equal(0);
    expect(read.get('refgate_grpc_calls_reset_total')).to.equal(1);
  });

  it('counts reloads, bad requests and faults', async () => {
    metrics.reloaded('failure');
    metrics.badRequest('envoy');
    metrics.internalError();
    const read = new Map(await values());
    expect(read.get('refgate_rule_reloads_total{result="failure"}')).to.equal(1);
    expect(read.get('refgate_bad_requests_total{adapter="envoy"}')).to.equal(1);
    expect(read.get('refgate_internal_errors_total')).to.equal(1);
  });

  it('tells of the process, and says of every metric what it is', async () => {
    const text = await metrics.text();
    expect(text).to.include('process_resident_memory_bytes ').and.to.include('nodejs_eventloop_lag_seconds ');
    const names = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
    for (const name of names) expect(text).to.match(new RegExp(`^# HELP ${name} \\S`, 'm'));
    expect(new Set(names).size).to.equal(names.length);
  });
});
