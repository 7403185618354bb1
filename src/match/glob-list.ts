import type { TextMatcher } from '../model/matchers.js';
import { compilePathGlob, compileTextGlob } from './compile-glob.js';
import { type Glob, matchesGlob } from './glob.js';

/**
 * Globs of paths, for paths that are already normalised (decoded once, dot segments resolved, slashes merged). A glob
 * is case-sensitive and covers the whole path.
 *
 * | glob | covers | does not cover |
 * | --- | --- | --- |
 * | `/img/*.jpg` | `/img/a.jpg`, `/img/.jpg` | `/img/x/a.jpg` |
 * | `/img/?.jpg` | `/img/a.jpg` | `/img/.jpg` |
 * | `/img/**` | `/img/` and everything below | `/img` |
 * | `/**` then `/x.mp4` | `/x.mp4`, `/a/x.mp4`, `/a/b/x.mp4` | `/ax.mp4` |
 * | `/a**b` | `/ab`, `/axb`, `/a/x/b` | `/a/x` |
 *
 * A `**` between two slashes is zero or more whole segments, as in gitignore; any other `**` is any run of characters,
 * slashes too.
 */
export function compilePathGlobs(globs: readonly string[]): TextMatcher {
  return new GlobList(globs.map(compilePathGlob));
}

/** Globs of paths and regular expressions beside them, of which one must match. Globs first: they cost less. */
export function compilePathPatterns(globs: readonly string[], regexes: readonly TextMatcher[]): TextMatcher {
  const list = compilePathGlobs(globs);
  return regexes.length === 0 ? list : new FirstOf([list, ...regexes]);
}

/**
 * Globs of header values and user agents: `*` is any run of characters, the empty one too, `?` is one character (a
 * code point), and a glob covers the whole text: `Mozilla*` covers `Mozilla/5.0`, not `xMozilla`. With `ignoreCase`,
 * texts may be given in any case.
 */
export function compileTextGlobs(globs: readonly string[], options = { ignoreCase: false }): TextMatcher {
  if (!options.ignoreCase) return new GlobList(globs.map(compileTextGlob));
  return new IgnoringCase(new GlobList(globs.map((glob) => compileTextGlob(glob.toLowerCase()))));
}

/** Some globs, tried one after another: there are a handful of them in a policy. */
class GlobList implements TextMatcher {
  readonly #globs: readonly Glob[];

  constructor(globs: readonly Glob[]) {
    this.#globs = globs;
  }

  matches(text: string): boolean {
    for (const glob of this.#globs) {
      if (matchesGlob(glob, text, 0, text.length)) return true;
    }
    return false;
  }
}

class FirstOf implements TextMatcher {
  readonly #matchers: readonly TextMatcher[];

  constructor(matchers: readonly TextMatcher[]) {
    this.#matchers = matchers;
  }

  matches(text: string): boolean {
    for (const matcher of this.#matchers) if (matcher.matches(text)) return true;
    return false;
  }
}

class IgnoringCase implements TextMatcher {
  readonly #lowerCase: TextMatcher;

  constructor(lowerCase: TextMatcher) {
    this.#lowerCase = lowerCase;
  }

  matches(text: string): boolean {
    return this.#lowerCase.matches(text.toLowerCase());
  }
}
