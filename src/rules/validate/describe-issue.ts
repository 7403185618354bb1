import type { z } from 'zod';
import { describeValue } from '../describe-value.js';

const EXPECTED: Readonly<Record<string, string>> = {
  string: 'text',
  boolean: 'true or false',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
};

/** Our words for what zod found, wherever the schema itself has none. */
export function describeIssue(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code !== 'invalid_type') return undefined;
  const expected = `expected ${EXPECTED[issue.expected] ?? issue.expected}`;
  if (issue.input === undefined) return `required key is missing; ${expected}`;
  const isBareWord = issue.expected === 'string' && ['number', 'boolean'].includes(typeof issue.input);
  const advice = isBareWord ? '; put it in quotes if it is meant as text' : '';
  return `${expected}, got ${describeValue(issue.input)}${advice}`;
}
