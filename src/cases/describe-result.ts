import { printable } from '../printable.js';
import type { Explanation } from '../transport/explanation.js';
import { stepWords } from '../transport/step-words.js';
import type { CaseResult, Difference } from './run-case.js';

/** What was otherwise than expected, a line each: `decision: expected deny, got allow`. */
export function describeDifferences({ differences }: CaseResult): string[] {
  return differences.map(({ key, expected, got }) => `${key}: expected ${describe(expected)}, got ${describe(got)}`);
}

/** What decided, as `refgate explain` would say: `step 7 (not on the allow list), reason …, policy "shop"`. */
export function describeCause({ reason, step, policy, entry, mode, refererHost }: Explanation): string {
  const parts = [
    `step ${step} (${stepWords[step]})`,
    `reason ${reason}`,
    policy === '' ? 'no policy' : `policy ${policy}`,
    entry === '' ? '' : `entry ${entry}`,
    refererHost === '' ? '' : `Referer's host ${refererHost}`,
    mode === 'shadow' ? 'shadow mode' : '',
  ];
  return printable(parts.filter((part) => part !== '').join(', '));
}

/** The closing line: `12 passed, 1 failed`. */
export function describeTally(results: readonly CaseResult[]): string {
  const failed = results.filter(({ differences }) => differences.length > 0).length;
  return `${results.length - failed} passed, ${failed} failed`;
}

function describe(value: Difference['expected']): string {
  return value === null ? 'none' : printable(String(value));
}
