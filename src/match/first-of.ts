import type { TextMatcher } from '../model/matchers.js';
import { dataOf } from './data-of.js';
import { compilePathGlobs } from './glob-list.js';
import type { FirstOfData, MadeOf } from './matcher-data.js';

/** Globs of paths and regular expressions beside them, of which one must match. Globs first: they cost less. */
export function compilePathPatterns(globs: readonly string[], regexes: readonly TextMatcher[]): TextMatcher {
  const list = compilePathGlobs(globs);
  return regexes.length === 0 ? list : new FirstOf([list, ...regexes]);
}

/** Matchers of which one must match. */
export class FirstOf implements TextMatcher, MadeOf<FirstOfData> {
  readonly #matchers: readonly TextMatcher[];

  constructor(matchers: readonly TextMatcher[]) {
    this.#matchers = matchers;
  }

  get data(): FirstOfData {
    return { kind: 'first-of', of: this.#matchers.map(dataOf.text) };
  }

  matches(text: string): boolean {
    for (const matcher of this.#matchers) if (matcher.matches(text)) return true;
    return false;
  }
}
