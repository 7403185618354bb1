import { longestExpression } from './shapes.js';

/** An expression that begins with the scheme of a URL. */
export interface SchemeSplit {
  /** Which of the two that Referers have it takes. */
  readonly schemes: 'both' | 'http' | 'https';
  /** What follows `://`. */
  readonly rest: string;
  /** `^http?://`, a slip that is copied widely: the `p` is optional and an `s` is not taken. */
  readonly isSlip: boolean;
}

const spellings: readonly (readonly [scheme: RegExp, schemes: SchemeSplit['schemes'], isSlip: boolean])[] = [
  [
    /^(?:https\?|https\*|http\[s\]\?|http\((?:\?:)?s\)\?|http\((?:\?:)?\|s\)|http\((?:\?:)?s\|\)|https\{0,1\})/,
    'both',
    false,
  ],
  [/^(?:\((?:\?:)?https\?\)|\((?:\?:)?http\|https\)|\((?:\?:)?https\|http\))/, 'both', false],
  [/^http\?/, 'http', true],
  [/^(?:https|\(https\))/, 'https', false],
  [/^(?:http|\(http\))/, 'http', false],
];

const separator = /^\\?:(?:\\?\/){2}/;

/**
 * Takes `^https?://` off an expression, in any of the spellings that people use. `undefined` for one that does not
 * begin so, and for one with alternatives at its top, of which only the first has the scheme: `^http://a|b`.
 */
export function splitScheme(expression: string): SchemeSplit | undefined {
  if (!expression.startsWith('^') || expression.length > longestExpression) return undefined;
  if (hasTopAlternatives(expression)) return undefined;
  const written = expression.slice(1);
  for (const [scheme, schemes, isSlip] of spellings) {
    const found = scheme.exec(written)?.[0];
    const after = found === undefined ? '' : written.slice(found.length);
    const slashes = separator.exec(after)?.[0];
    if (slashes !== undefined) return { schemes, rest: after.slice(slashes.length), isSlip };
  }
  return undefined;
}

/** True for `a|b`, not for `(a|b)`, `[|]` and `\|`. */
export function hasTopAlternatives(expression: string): boolean {
  let depth = 0;
  for (const [token] of expression.matchAll(/\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]/gs)) {
    if (token === '(') depth += 1;
    else if (token === ')') depth -= 1;
    else if (token === '|' && depth === 0) return true;
  }
  return false;
}
