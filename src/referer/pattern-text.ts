import type { PatternProblem } from './pattern-problem.js';

/** Longest pattern in bytes of UTF-8. */
const longestPattern = 4096;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const whiteSpaceOrControl = /[\s\0-\x1f\x7f]/;

/** Mistakes that can be told from the text alone, and that would only confuse whoever takes the pattern apart. */
export function problemOfText(text: string): PatternProblem | undefined {
  if (text === '') return { problem: 'empty: write a host such as shop.example' };
  const bytes = Buffer.byteLength(text);
  if (bytes > longestPattern) {
    return { problem: `${bytes} bytes long: write at most ${longestPattern}` };
  }
  if (text.startsWith('~')) {
    return {
      problem: 'regular expressions stand in referer lists alone: write a host, with * for any characters of a label',
    };
  }
  if (whiteSpaceOrControl.test(text)) {
    return {
      problem: 'white space or a control character inside: write one host, and further ones as entries of their own',
    };
  }
  if (text.includes('\\')) return { problem: 'backslash inside: write / instead' };
  if (text.includes('#')) return { problem: '# inside: leave the fragment out, for no Referer has one' };
  return undefined;
}
