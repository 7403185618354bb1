import { Counter, collectDefaultMetrics, Registry } from 'prom-client';
import type { Decision } from '../model/decision.js';
import type { RulesSummary } from '../model/snapshot.js';
import { CacheTally } from './cache-tally.js';
import type { CallCounts } from './call-tally.js';
import { ConnectionTally } from './connection-tally.js';
import { DecisionCounter } from './decision-counter.js';
import { DurationHistogram } from './duration-histogram.js';
import { registerScraped, type ScrapedMetric } from './scraped-metric.js';
import { type Adapter, adapters, transports } from './transports.js';

/** How an attempt to load the rules ended. */
export type ReloadResult = 'success' | 'failure' | 'unchanged';
/** How a change that was asked for by a management API ended. */
export type ChangeResult = 'applied' | 'refused';

const reloadResults = ['success', 'failure', 'unchanged'] as const;
const changeResults = ['applied', 'refused'] as const;

function registerOwnProcess(register: Registry): void {
  collectDefaultMetrics({ register });
}

/** Everything that is counted, in a registry of its own. */
export class Metrics {
  readonly connections = new ConnectionTally();
  readonly #registry = new Registry();
  readonly #decisions = new DecisionCounter();
  readonly #durations = new DurationHistogram(transports);
  readonly #cache = new CacheTally();
  readonly #reloads: Counter<'result'>;
  readonly #badRequests: Counter<'adapter'>;
  readonly #internalErrors: Counter;
  readonly #manageRequests: Counter<'api' | 'status'>;
  readonly #manageChanges: Counter<'result'>;
  #rules: RulesSummary | undefined;
  #loadSeconds = 0;

  /** @param processes - registers the figures of the processes; by default those of this one */
  constructor(version: string, processes = registerOwnProcess) {
    processes(this.#registry);
    registerScraped(this.#registry, this.#decisions);
    registerScraped(this.#registry, this.#durations);
    for (const metric of this.connections.metrics) registerScraped(this.#registry, metric);
    this.#registerRules();
    this.#registerLoads();
    this.#registerCache();
    const registers = [this.#registry];
    this.#reloads = new Counter({
      name: 'refgate_rule_reloads_total',
      help: 'Attempts to load the rules, the first one included. After a failure the last good rules stay in force.',
      labelNames: ['result'],
      registers,
    });
    this.#badRequests = new Counter({
      name: 'refgate_bad_requests_total',
      help: 'Calls that described no request that could be decided, and were denied: mostly a proxy set up wrongly.',
      labelNames: ['adapter'],
      registers,
    });
    this.#internalErrors = new Counter({
      name: 'refgate_internal_errors_total',
      help: 'Calls that failed by a fault of refgate itself. The proxy then acts by its own failure mode.',
      registers,
    });
    this.#manageRequests = new Counter({
      name: 'refgate_manage_requests_total',
      help: 'Answers of the management listener by API (none: it was no readable request) and HTTP status.',
      labelNames: ['api', 'status'],
      registers,
    });
    this.#manageChanges = new Counter({
      name: 'refgate_manage_changes_total',
      help: 'Changes of policies asked for by a management API, one for each policy: in force, or refused.',
      labelNames: ['result'],
      registers,
    });
    // A series that begins at 1 looks to `rate` as if nothing had happened.
    for (const result of reloadResults) this.#reloads.inc({ result }, 0);
    for (const result of changeResults) this.#manageChanges.inc({ result }, 0);
    for (const adapter of adapters) this.#badRequests.inc({ adapter }, 0);
    this.#registerBuild(version);
  }

  /** MIME type of `text()`. */
  get contentType(): string {
    return this.#registry.contentType;
  }

  /** All metrics in Prometheus' text format. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  decided(decision: Decision, transport: Adapter, seconds: number): void {
    this.#decisions.count(decision);
    this.#durations.observe(transport, seconds);
  }

  badRequest(adapter: Adapter): void {
    this.#badRequests.inc({ adapter });
  }

  internalError(): void {
    this.#internalErrors.inc();
  }

  manageAnswered(api: string, status: number): void {
    this.#manageRequests.inc({ api, status });
  }

  manageChanged(result: ChangeResult): void {
    this.#manageChanges.inc({ result });
  }

  reloaded(result: ReloadResult): void {
    this.#reloads.inc({ result });
  }

  loaded(seconds: number): void {
    this.#loadSeconds = seconds;
  }

  /** To be called once for each snapshot, when it is in force. */
  published(rules: RulesSummary): void {
    this.#rules = rules;
    this.#cache.follow(rules.cache);
    if (rules.byName !== undefined) this.#decisions.retain(rules.byName);
  }

  /** Counts what another process has counted. */
  add({ decisions, durations, badRequests, internalErrors, cache, connections }: CallCounts): void {
    this.#decisions.add(decisions);
    this.#durations.add(durations);
    for (const [adapter, count] of badRequests) this.#badRequests.inc({ adapter }, count);
    this.#internalErrors.inc(internalErrors);
    this.#cache.add(cache);
    this.connections.add(connections);
  }

  /** Policies with a count of their own. */
  get countedPolicies(): readonly string[] {
    return this.#decisions.policies;
  }

  /** Forgets policies that are gone. */
  forget(policies: readonly string[]): void {
    this.#decisions.forget(policies);
  }

  register(metric: ScrapedMetric): void {
    registerScraped(this.#registry, metric);
  }

  #registerRules(): void {
    this.#gauge(
      'refgate_snapshot_generation',
      'Number of the rules in force; each reload that changes them adds 1.',
      (s) => s.generation,
    );
    this.#gauge('refgate_policies', 'Policies in force.', (s) => s.policies.length);
    this.#gauge(
      'refgate_entries',
      'Entries of all allow and deny lists in force, list files included.',
      (s) => s.entries,
    );
    this.#gauge(
      'refgate_last_successful_load_timestamp_seconds',
      'When the rules in force were loaded, in seconds since 1970.',
      (s) => s.loadedAt.getTime() / 1000,
    );
  }

  #registerLoads(): void {
    registerScraped(this.#registry, {
      name: 'refgate_rule_load_seconds',
      help: 'How long the last attempt to load the rules took, good or not. Requests are answered meanwhile.',
      type: 'gauge',
      values: () => [{ labels: {}, value: this.#loadSeconds }],
    });
  }

  /** 0 before the first snapshot. */
  #gauge(name: string, help: string, read: (rules: RulesSummary) => number): void {
    const value = () => (this.#rules === undefined ? 0 : read(this.#rules));
    registerScraped(this.#registry, { name, help, type: 'gauge', values: () => [{ labels: {}, value: value() }] });
  }

  #registerCache(): void {
    this.#gauge('refgate_cache_entries', 'Verdicts in the cache of the rules in force.', (s) => s.cache?.size ?? 0);
    const register = (name: string, help: string, value: () => number) =>
      registerScraped(this.#registry, { name, help, type: 'counter', values: () => [{ labels: {}, value: value() }] });
    register(
      'refgate_cache_hits_total',
      'Verdicts on Referers that were taken from the cache.',
      () => this.#cache.hits,
    );
    register(
      'refgate_cache_misses_total',
      'Verdicts that were looked up because the cache had none.',
      () => this.#cache.misses,
    );
  }

  #registerBuild(version: string): void {
    registerScraped(this.#registry, {
      name: 'refgate_build_info',
      help: 'Always 1; the labels tell the version of refgate and of Node.js that runs it.',
      type: 'gauge',
      values: () => [{ labels: { version, node: process.version }, value: 1 }],
    });
  }
}
