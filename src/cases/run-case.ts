import { decide } from '../decide/decide.js';
import type { Snapshot } from '../model/snapshot.js';
import { type Explanation, explainDecision } from '../transport/explanation.js';
import type { Expectation } from './schema.js';
import type { TestCase } from './test-case.js';

/** Something that was expected and is otherwise; `null` stands for none. */
export interface Difference {
  readonly key: keyof Expectation;
  readonly expected: string | number | null;
  readonly got: string | number | null;
}

/** How a case came out. */
export interface CaseResult {
  readonly case: TestCase;
  /** What `refgate explain` says of the request. */
  readonly got: Explanation;
  /** None: the case passed. */
  readonly differences: readonly Difference[];
}

/** Decides the request of a case by the procedure that serves, and compares what the case gives. */
export function runCase(snapshot: Snapshot, tried: TestCase): CaseResult {
  const got = explainDecision(decide(snapshot, tried.request));
  return { case: tried, got, differences: compare(tried.expect, got) };
}

const KEYS = ['decision', 'reason', 'policy', 'status', 'location'] as const;

function compare(expected: Expectation, got: Explanation): Difference[] {
  return KEYS.flatMap((key) => {
    const wanted = expected[key];
    if (wanted === undefined) return [];
    const difference = { key, expected: orNone(wanted), got: orNone(got[key]) };
    return difference.expected === difference.got ? [] : [difference];
  });
}

/** `''` and `null` both say that there is no policy, or no location. */
function orNone(value: string | number | null): string | number | null {
  return value === '' ? null : value;
}
