import { RE2JS } from 're2js';
import type { TextMatcher } from '../model/matchers.js';
import type { MadeOf, RegexData } from './matcher-data.js';
import { describeRegexError } from './regex-problem.js';
import { type NoteSet, RegexSet } from './regex-set.js';

/** A pattern that compiles, and how many steps its program has. */
export interface CheckedRegex {
  readonly pattern: string;
  readonly instructions: number;
}

/**
 * More than any pattern of 4,096 bytes has, unless it counts repetitions: `(abc){1000}` is 3,000 steps. A text of 16 KB
 * may keep all of them busy at each character, which takes 0.5 s for 1,000 steps (test/bench/RESULTS.md).
 */
const MOST_INSTRUCTIONS = 5_000;

/**
 * Compiles a regular expression in RE2's syntax, which finds its match anywhere in a text. RE2 and not JavaScript's
 * engine: its time is linear in the text for every pattern, so no pattern and no text can stall the service
 * (https://swtch.com/~rsc/regexp/regexp1.html). The price is that it knows neither look-around nor back-references.
 *
 * @returns the matcher, or what is wrong with the pattern
 */
export function compileRegex(
  pattern: string,
  options: { readonly ignoreCase: boolean },
): TextMatcher | { problem: string } {
  const checked = checkRegex(pattern);
  return 'problem' in checked ? checked : new Regex({ kind: 'regex', pattern, ignoreCase: options.ignoreCase });
}

/** Whether the engine takes a pattern; if not, what is wrong with it and what to write instead. */
export function checkRegex(pattern: string): CheckedRegex | { problem: string } {
  if (pattern === '') return { problem: 'empty: it would find a match in every text; write ** for that' };
  try {
    const instructions = RE2JS.compile(pattern).programSize();
    if (instructions <= MOST_INSTRUCTIONS) return { pattern, instructions };
    const most = MOST_INSTRUCTIONS.toLocaleString('en');
    return { problem: `the repetitions make more than ${most} steps of it: write smaller counts, or + in their place` };
  } catch (error) {
    return { problem: describeRegexError(error) };
  }
}

/** One regular expression. The machine of a set, since that of a set is bounded in memory. */
export class Regex implements TextMatcher, MadeOf<RegexData> {
  readonly data: RegexData;
  readonly #set: RegexSet;

  constructor(data: RegexData, note?: NoteSet) {
    this.data = data;
    this.#set = new RegexSet([data.pattern], data, note);
  }

  matches(text: string): boolean {
    return this.#set.match(text).length > 0;
  }
}
