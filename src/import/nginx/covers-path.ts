import { compilePathGlobs } from '../../match/glob-list.js';
import { compileRegex } from '../../match/regex.js';
import { extensionOf } from '../../referer/normalise-target.js';
import type { PathCondition } from './path-condition.js';

/** Whether a condition holds for a normalised path, as `match` will tell it. */
export function coversPath({ paths, extensions, all = [], any, not }: PathCondition, path: string): boolean {
  if (paths?.some((pattern) => matchesPattern(pattern, path)) === false) return false;
  if (extensions?.includes(extensionOf(path)) === false) return false;
  if (any?.some((condition) => coversPath(condition, path)) === false) return false;
  if (not !== undefined && coversPath(not, path)) return false;
  return all.every((condition) => coversPath(condition, path));
}

function matchesPattern(pattern: string, path: string): boolean {
  const [tilde, text] = /^(~\*?)(.*)$/s.exec(pattern)?.slice(1) ?? [];
  if (tilde === undefined || text === undefined) return compilePathGlobs([pattern]).matches(path);
  const regex = compileRegex(text, { ignoreCase: tilde === '~*' });
  return !('problem' in regex) && regex.matches(path);
}
