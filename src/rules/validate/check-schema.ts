import type { z } from 'zod';
import type { FileFindings } from '../findings.js';
import { formatKeyPath, type KeyPath } from '../key-path.js';
import type { Plain } from '../parse/syntax-tree.js';
import { describeIssue } from './describe-issue.js';
import { describeUnknownKey } from './unknown-key.js';

type Issue = z.core.$ZodIssue;

/**
 * Reports every mistake that the schema finds in a value of the file, `base` being the path to the value; `describe` has
 * the words for mistakes for which the schema has none. Returns the paths below the value of all that is wrong.
 */
export function checkSchema(
  schema: z.ZodType,
  value: Plain,
  base: KeyPath,
  findings: FileFindings,
  describe: typeof describeIssue = describeIssue,
): KeyPath[] {
  const result = schema.safeParse(value, { error: describe });
  if (result.success) return [];
  const issues = result.error.issues.flatMap((issue) => resolveUnion(issue, value));
  const unknown = issues.flatMap(unknownKeysOf);
  const meant = reportUnknownKeys(unknown, { schema, base, findings });
  const others = issues.filter((issue) => issue.code !== 'unrecognized_keys');
  for (const issue of others) {
    const path = [...base, ...pathOf(issue)];
    if (!meant.has(formatKeyPath(path))) findings.wrong(path, issue.message);
  }
  return [...unknown, ...others.map(pathOf)];
}

/**
 * Of a mapping that fits no alternative of a union, what is wrong in the alternative that is a mapping too:
 * `{ flie: x }` has a misspelt key, which tells more than that it is neither text nor `{ file: … }`.
 */
function resolveUnion(issue: Issue, value: Plain): Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const found = valueAt(value, pathOf(issue));
  if (typeof found !== 'object' || found === null || Array.isArray(found)) return [issue];
  const inside = issue.errors.find((branch) =>
    branch.every((e) => e.path.length > 0 || e.code === 'unrecognized_keys'),
  );
  return inside ? inside.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })) : [issue];
}

function unknownKeysOf(issue: Issue): KeyPath[] {
  return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...pathOf(issue), key]) : [];
}

interface Checked {
  readonly schema: z.ZodType;
  readonly base: KeyPath;
  readonly findings: FileFindings;
}

/** Returns the keys that unknown ones stand for: that they are missing as well would be the same mistake told twice. */
function reportUnknownKeys(unknown: readonly KeyPath[], { schema, base, findings }: Checked): Set<string> {
  const meant = new Set<string>();
  for (const below of unknown) {
    const path = [...base, ...below];
    const described = describeUnknownKey(schema, below, path);
    findings.wrongKey(path, described.message);
    if (described.meant !== undefined) meant.add(formatKeyPath([...path.slice(0, -1), described.meant]));
  }
  return meant;
}

/** Keys of our mappings and lists are texts and numbers only. */
function pathOf(issue: Issue): (string | number)[] {
  return issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
}

function valueAt(value: Plain, path: KeyPath): unknown {
  return path.reduce<unknown>(
    (node, part) => (typeof node === 'object' && node !== null ? Reflect.get(node, part) : undefined),
    value,
  );
}
