import { longestExpression } from '../regex/shapes.js';
import { hasTopAlternatives } from '../regex/split-scheme.js';

const schemes = ['http://', 'https://'];

/**
 * True where no match can begin within `http://` or `https://`, so that trying the expression on the text after it is
 * the same: `evil\.example` and `semalt`, not `ttp` and not `.*evil`. Told by the literals that it begins with.
 */
export function beginsAfterScheme(expression: string): boolean {
  if (expression.length > longestExpression || hasTopAlternatives(expression)) return false;
  const literal = leadingLiteral(expression).toLowerCase();
  if (literal === '') return false;
  return schemes.every((scheme) => {
    for (let start = 0; start < scheme.length; start++) {
      const rest = scheme.slice(start);
      if (rest.startsWith(literal) || literal.startsWith(rest)) return false;
    }
    return true;
  });
}

/** The characters that every match begins with. */
function leadingLiteral(expression: string): string {
  let literal = '';
  for (const [token] of expression.matchAll(/\\.|[^\\]/gsu)) {
    if (/^[?*{]/.test(token)) return literal.slice(0, -1);
    const character = token.length > 1 && /^\\[^a-z0-9]/i.test(token) ? token.slice(1) : token;
    if (token === character && /[\\^$.|()[\]+]/.test(token)) return literal;
    literal += character;
  }
  return literal;
}
