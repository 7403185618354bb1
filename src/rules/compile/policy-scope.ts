import type { PatternProblem } from '../../referer/pattern-problem.js';
import type { FileFindings } from '../findings.js';
import type { KeyPath } from '../key-path.js';
import { formatBytes, type Limits } from '../limits.js';
import type { LoadSession } from '../load-session.js';

/** What the parts of a policy need while they are compiled. */
export interface PolicyScope {
  readonly session: LoadSession;
  readonly findings: FileFindings;
  /** Path of the rule file below the rule directory. */
  readonly ruleFile: string;
  /** The policy in its file: `policies[2]`. */
  readonly path: KeyPath;
  /** Codes of the warnings that the policy does not want. */
  readonly silence: ReadonlySet<string>;
}

/** What is wrong with a pattern's length; every pattern is checked, whatever it is for. */
export function patternTooLong(text: string, limits: Limits): string | undefined {
  const limit = limits.patternBytes;
  // A UTF-16 unit is at most three bytes of UTF-8, so most texts need not be measured.
  if (text.length * 3 <= limit || Buffer.byteLength(text) <= limit) return undefined;
  return `longer than ${formatBytes(limit)}`;
}

/**
 * Compiles the items of a list one by one. Those that the schema refused are left out; so are those that `parse`
 * refuses, after it has said why.
 */
export function compileItems<R>(
  items: readonly (string | undefined)[],
  path: KeyPath,
  scope: PolicyScope,
  parse: (text: string) => R,
): Exclude<R, PatternProblem>[] {
  const compiled: Exclude<R, PatternProblem>[] = [];
  for (const [position, item] of items.entries()) {
    if (item === undefined) continue;
    const problem = patternTooLong(item, scope.session.limits);
    const result = problem === undefined ? parse(item) : { problem };
    if (isProblem(result)) scope.findings.wrong([...path, position], result.problem);
    else compiled.push(result as Exclude<R, PatternProblem>);
  }
  return compiled;
}

function isProblem(result: unknown): result is PatternProblem {
  return typeof result === 'object' && result !== null && 'problem' in result;
}
