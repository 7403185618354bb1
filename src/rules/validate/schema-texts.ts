import { z } from 'zod';
import { describeValue } from '../describe-value.js';
import { quote } from '../key-path.js';

/**
 * The building blocks of the schema. Each carries the words of its own mistake, since zod's are about types, and an
 * operator asks what may stand there.
 */

interface Raw {
  readonly input?: unknown;
}

/** Text of a form. `expected` completes `expected …, got …`; `advice` says what to write instead of a text. */
export function textLike(form: RegExp, expected: string, advice?: (text: string) => string): z.ZodString {
  return z.string().regex(form, {
    error: ({ input }: Raw) => {
      const hint = advice === undefined || typeof input !== 'string' ? '' : `; ${advice(input)}`;
      return `expected ${expected}, got ${describeText(input)}${hint}`;
    },
  });
}

/** One of some words. */
export function oneOf<const T extends readonly [string, ...string[]]>(words: T) {
  return z.enum(words, { error: wordError(words.map(quote)) });
}

/** The same, where something else than a word may stand too: `expected "allow", "deny" or a mapping, got …`. */
export function wordError(expected: readonly string[]): (issue: Raw) => string {
  return ({ input }) => `expected ${alternatives(expected)}, got ${describeText(input)}`;
}

/** A list of which at least one item is needed: an empty condition would make a policy that covers nothing. */
export function condition<T extends z.ZodType>(item: T): z.ZodArray<T> {
  return z.array(item).min(1, { error: 'an empty list would match nothing; leave the key out to match all' });
}

/** `a, b or c` */
export function alternatives(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** A text in quotes; of what is none, what it is. */
export function describeText(input: unknown): string {
  return typeof input === 'string' ? quote(input) : describeValue(input);
}
