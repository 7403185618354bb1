import { checkRegex } from '../../match/regex.js';
import { formatBytes, LIMITS } from '../../rules/limits.js';
import { splitScheme } from './split-scheme.js';

/**
 * Turns an expression that is tried on the whole Referer into one for the text after `://`, which refgate tries its own
 * on. It does so where the two are provably the same: `^https?://example\.com` becomes `^example\.com`.
 */
export function afterScheme(expression: string): { readonly pattern: string } | { readonly problem: string } {
  const split = splitScheme(expression);
  if (split === undefined) return { problem: 'only an expression that begins with ^https?:// can be carried over' };
  if (split.schemes !== 'both') {
    return { problem: `it takes ${split.schemes} alone, and the expressions of refgate do not see the scheme` };
  }
  return readable(`^${split.rest}`);
}

/** The expression, unless refgate would not take it as an entry. */
export function readable(pattern: string): { readonly pattern: string } | { readonly problem: string } {
  if (Buffer.byteLength(pattern) >= LIMITS.patternBytes)
    return { problem: `longer than ${formatBytes(LIMITS.patternBytes)}` };
  const checked = checkRegex(pattern);
  return 'problem' in checked ? checked : { pattern };
}
