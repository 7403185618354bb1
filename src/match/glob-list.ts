import type { TextMatcher } from '../model/matchers.js';
import { compilePathGlob, compileTextGlob } from './compile-glob.js';
import { type Glob, matchesGlob } from './glob.js';
import type { GlobData, MadeOf } from './matcher-data.js';

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
  return new GlobList({ kind: 'path-globs', globs });
}

/**
 * Globs of header values and user agents: `*` is any run of characters, the empty one too, `?` is one character (a
 * code point), and a glob covers the whole text: `Mozilla*` covers `Mozilla/5.0`, not `xMozilla`. With `ignoreCase`,
 * texts may be given in any case.
 */
export function compileTextGlobs(globs: readonly string[], options = { ignoreCase: false }): TextMatcher {
  if (!options.ignoreCase) return new GlobList({ kind: 'text-globs', globs });
  return new GlobList({ kind: 'text-globs-in-any-case', globs: globs.map((glob) => glob.toLowerCase()) });
}

/** Some globs, tried one after another: there are a handful of them in a policy. */
export class GlobList implements TextMatcher, MadeOf<GlobData> {
  readonly data: GlobData;
  readonly #globs: readonly Glob[];
  readonly #ignoresCase: boolean;

  constructor(data: GlobData) {
    this.data = data;
    this.#globs = data.globs.map(data.kind === 'path-globs' ? compilePathGlob : compileTextGlob);
    this.#ignoresCase = data.kind === 'text-globs-in-any-case';
  }

  matches(text: string): boolean {
    const asked = this.#ignoresCase ? text.toLowerCase() : text;
    for (const glob of this.#globs) {
      if (matchesGlob(glob, asked, 0, asked.length)) return true;
    }
    return false;
  }
}
