import { checkRegex } from '../../match/regex.js';
import { formatBytes, LIMITS } from '../../rules/limits.js';

/** Why a regular expression of nginx, which is one of PCRE, cannot stand in a rule file; `undefined` if it can. */
export function problemOfRegex(pattern: string): string | undefined {
  // Rule files take white space at the ends for a slip.
  if (/^\s|\s$/.test(pattern)) return 'it begins or ends with white space; write it as \\x20';
  if (Buffer.byteLength(pattern) + 2 > LIMITS.patternBytes) return problemOfLength;
  const checked = checkRegex(pattern);
  return 'problem' in checked ? checked.problem : undefined;
}

/** For whatever is longer than any pattern may be. */
export const problemOfLength = `it is longer than ${formatBytes(LIMITS.patternBytes)}`;
