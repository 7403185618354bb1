import { RE2JS } from 're2js';
import type { TextMatcher } from '../model/matchers.js';

/**
 * Compiles a regular expression in RE2's syntax, which finds its match anywhere in a text. RE2 and not JavaScript's
 * engine: its time is linear in the text for every pattern, so no pattern and no text can stall the service
 * (https://swtch.com/~rsc/regexp/regexp1.html). The price is that it knows neither look-ahead nor back-references.
 *
 * @returns the matcher, or what is wrong with the pattern
 */
export function compileRegex(
  pattern: string,
  options: { readonly ignoreCase: boolean },
): TextMatcher | { problem: string } {
  try {
    return new Regex(RE2JS.compile(pattern, options.ignoreCase ? RE2JS.CASE_INSENSITIVE : 0));
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

class Regex implements TextMatcher {
  readonly #regex: RE2JS;

  constructor(regex: RE2JS) {
    this.#regex = regex;
  }

  matches(text: string): boolean {
    return this.#regex.test(text);
  }
}
