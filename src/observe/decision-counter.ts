import type { Decision } from '../model/decision.js';
import type { ScrapedMetric, ScrapedValue } from './scraped-metric.js';

/** How often one outcome occurred under one policy. */
interface Series {
  readonly decision: Decision['action'];
  readonly reason: Decision['reason'];
  readonly mode: Decision['mode'];
  count: number;
}

/** What was decided under one policy, `''` for none, as one process tells another. */
export type PolicyDecisions = readonly [policy: string, outcomes: readonly Readonly<Series>[]];

/**
 * Decisions by policy, true verdict, reason and mode.
 *
 * A series begins with its first decision, so that 100,000 policies cost nothing until they are used. A policy has a
 * handful of outcomes, and looking through them is faster than hashing four labels.
 */
export class DecisionCounter implements ScrapedMetric {
  readonly name = 'refgate_decisions_total';
  readonly help =
    'Decisions by policy (empty: none), true verdict (allow or deny), reason and mode. ' +
    'A deny with mode="shadow" was let through.';
  readonly type = 'counter';
  readonly #byPolicy = new Map<string, Series[]>();

  count({ policy, action, reason, mode }: Decision): void {
    const outcomes = this.#outcomes(policy?.name ?? '');
    for (const series of outcomes) {
      if (series.reason === reason && series.decision === action && series.mode === mode) {
        series.count++;
        return;
      }
    }
    outcomes.push({ decision: action, reason, mode, count: 1 });
  }

  /** Everything counted since the last call, which begins anew. */
  take(): PolicyDecisions[] {
    const taken = [...this.#byPolicy];
    this.#byPolicy.clear();
    return taken;
  }

  /** Counts what another process has counted. */
  add(counted: readonly PolicyDecisions[]): void {
    for (const [policy, outcomes] of counted) {
      const own = this.#outcomes(policy);
      for (const { count, ...outcome } of outcomes) {
        const { decision, reason, mode } = outcome;
        const series = own.find((s) => s.reason === reason && s.decision === decision && s.mode === mode);
        if (series === undefined) own.push({ ...outcome, count });
        else series.count += count;
      }
    }
  }

  /** Policies with a count. */
  get policies(): readonly string[] {
    return [...this.#byPolicy.keys()].filter((name) => name !== '');
  }

  /** Forgets policies that are gone, which would otherwise be told for ever. Those that stay count on. */
  retain(policies: { has(name: string): boolean }): void {
    for (const name of this.#byPolicy.keys()) {
      if (name !== '' && !policies.has(name)) this.#byPolicy.delete(name);
    }
  }

  /** Forgets these policies. */
  forget(policies: readonly string[]): void {
    for (const name of policies) this.#byPolicy.delete(name);
  }

  values(): ScrapedValue[] {
    const values: ScrapedValue[] = [];
    for (const [policy, outcomes] of this.#byPolicy) {
      for (const { count, ...outcome } of outcomes) values.push({ labels: { policy, ...outcome }, value: count });
    }
    return values;
  }

  #outcomes(policy: string): Series[] {
    const known = this.#byPolicy.get(policy);
    if (known !== undefined) return known;
    const fresh: Series[] = [];
    this.#byPolicy.set(policy, fresh);
    return fresh;
  }
}
