import type { describeIssue } from '../../rules/validate/describe-issue.js';

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
};

/** Words for a value of the wrong kind, as for rule files, but without the value: it may be a secret. */
export function describeKind(issue: Parameters<typeof describeIssue>[0]): string | undefined {
  if (issue.code !== 'invalid_type') return undefined;
  const expected = `expected ${kinds[issue.expected] ?? issue.expected}`;
  if (issue.input === undefined) return `required key is missing; ${expected}`;
  return `${expected}, got ${kindOf(issue.input)}`;
}

/** `text`, `a number`, `a list`. */
export function kindOf(value: unknown): string {
  if (value === null) return 'nothing';
  if (typeof value === 'object') return Array.isArray(value) ? 'a list' : 'a mapping';
  return kinds[typeof value] ?? `a ${typeof value}`;
}
