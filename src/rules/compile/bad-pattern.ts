import { quote } from '../key-path.js';

/** The words around a pattern's problem, which itself says what is wrong and what to write. */
export function badPattern(text: string, problem: string): string {
  return `bad pattern ${quote(text)}: ${problem}`;
}
