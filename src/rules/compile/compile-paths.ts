import { compilePathPatterns } from '../../match/first-of.js';
import { checkRegex, compileRegex } from '../../match/regex.js';
import type { TextMatcher } from '../../model/matchers.js';
import type { KeyPath } from '../key-path.js';
import type { Tally } from '../tally.js';
import { badPattern } from './bad-pattern.js';
import { compileItems, type PolicyScope } from './policy-scope.js';

/** The `paths` of a condition: globs, and regular expressions behind `~` (in its case) or `~*` (in any). */
export function compilePaths(texts: readonly (string | undefined)[], path: KeyPath, scope: PolicyScope): TextMatcher {
  const patterns = compileItems(texts, path, scope, (text) =>
    text.startsWith('~') ? readPathRegex(text, scope.session.tally) : readPathGlob(text),
  );
  const globs = patterns.filter((pattern) => typeof pattern === 'string');
  const regexes = patterns.filter((pattern) => typeof pattern !== 'string');
  return compilePathPatterns(globs, regexes);
}

/** What normalised paths never hold: empty segments and dot segments. */
const NOT_NORMAL = /\/\.{0,2}\/|\/\.{1,2}$/;

function readPathGlob(text: string): string | { problem: string } {
  if (!NOT_NORMAL.test(text)) return text;
  return {
    problem: badPattern(
      text,
      'paths are matched with "//" taken for "/" and dot segments resolved; write the path that is left',
    ),
  };
}

/** As nginx has it in `location ~` and `location ~*`: found anywhere in the path, but for `^` and `$`. */
function readPathRegex(text: string, tally: Tally): TextMatcher | { problem: string } {
  const ignoreCase = text.startsWith('~*');
  const pattern = text.slice(ignoreCase ? 2 : 1);
  // `location ~ \.jpg$` has a space, which here would be a part of the expression, and match nothing.
  if (/^\s/.test(pattern))
    return { problem: badPattern(text, 'white space behind ~: leave it out, or write it as \\x20') };
  const regex = checkRegex(pattern);
  if ('problem' in regex) return { problem: badPattern(text, regex.problem) };
  const { problem } = tally.regex(regex.instructions);
  return problem === undefined ? compileRegex(pattern, { ignoreCase }) : { problem };
}
