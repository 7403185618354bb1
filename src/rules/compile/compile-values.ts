import { compileTextGlobs } from '../../match/glob-list.js';
import type { TextMatcher } from '../../model/matchers.js';
import type { ValueCondition } from '../../model/policy.js';

import type { KeyPath } from '../key-path.js';
import type { LoadSession } from '../load-session.js';
import { expectedValue, TOKEN } from '../validate/schema-match.js';
import { type PolicyScope, patternTooLong } from './policy-scope.js';

/** How the names of a mapping are read: those of headers, of query parameters or of cookies. */
export interface NameReading {
  /** In the spelling in which requests are asked for it. */
  spell(name: string): string;
  /** What is wrong with a name that no request has, or that is asked for elsewhere. */
  problem(name: string, session: LoadSession): string | undefined;
}

/** Names of headers ignore case (RFC 9110 §5.1). */
export const headerNames: NameReading = {
  spell: (name) => name.toLowerCase(),
  problem(name, { tally }) {
    if (name.startsWith(':')) return 'a pseudo-header cannot be asked for; use hosts, paths, methods or schemes';
    // Of a proxy that asks over HTTP this is our own address, and Envoy's gRPC has no such header.
    if (name.toLowerCase() === 'host') return 'this header cannot be asked for; use hosts';
    return TOKEN.test(name)
      ? tally.headerName(name.toLowerCase()).problem
      : "expected a header's name: letters, digits and - without spaces (RFC 9110 §5.6.2)";
  },
};

/** Any text may be the name of a parameter. */
export const parameterNames: NameReading = { spell: (name) => name, problem: () => undefined };

/** Names of cookies are tokens (RFC 6265 §4.1.1) that servers take in any form but these. */
export const cookieNames: NameReading = {
  spell: (name) => name,
  problem: (name) =>
    /^$|[=;,\s\p{Cc}]/u.test(name) ? "expected a cookie's name, without white space, commas, = and ;" : undefined,
};

/** The `headers`, `query` or `cookies` of a condition. Every mistake is reported at its key or value. */
export function compileValues(
  draft: object,
  path: KeyPath,
  scope: PolicyScope,
  names: NameReading,
): readonly ValueCondition[] {
  const conditions = new Map<string, ValueCondition>();
  if (Object.keys(draft).length === 0)
    scope.findings.wrong(path, 'an empty mapping asks for nothing; leave the key out');
  for (const [key, value] of Object.entries(draft)) {
    const name = names.spell(key);
    const problem =
      problemOfName(key, scope, names) ??
      (conditions.has(name) ? 'this name is given already, in another spelling' : undefined);
    if (problem !== undefined) scope.findings.wrongKey([...path, key], problem);
    const expected = compileExpected(value, [...path, key], scope);
    if (expected !== undefined) conditions.set(name, { name, expected });
  }
  return [...conditions.values()];
}

function problemOfName(name: string, { session }: PolicyScope, names: NameReading): string | undefined {
  return patternTooLong(name, session.limits) ?? names.problem(name, session);
}

function compileExpected(value: unknown, path: KeyPath, scope: PolicyScope): boolean | TextMatcher | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') {
    const problem = patternTooLong(value, scope.session.limits);
    if (problem !== undefined) scope.findings.wrong(path, problem);
    return problem === undefined ? compileTextGlobs([value]) : undefined;
  }
  // The schema reported it, but for the value of `__proto__`, which zod leaves out of mappings.
  if (value !== undefined) scope.findings.wrong(path, expectedValue(value));
  return undefined;
}
