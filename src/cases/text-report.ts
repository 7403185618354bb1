import { printable } from '../printable.js';
import { describeCause, describeDifferences, describeTally } from './describe-result.js';
import type { CaseResult } from './run-case.js';

/** Puts a text in a colour, or leaves it as it is. */
type Paint = (colour: keyof typeof CODES, text: string) => string;

/** SGR codes of ECMA-48 §8.3.117. */
const CODES = { green: 32, red: 31, dim: 2 } as const;

/** The report for a terminal: files as headings, a line a case, and under a failed one what was otherwise and why. */
export function textReport(results: readonly CaseResult[], colours: boolean): string {
  const paint: Paint = (colour, text) => (colours ? `\x1b[${CODES[colour]}m${text}\x1b[0m` : text);
  const lines: string[] = [];
  let file: string | undefined;
  for (const result of results) {
    if (result.case.file !== file) lines.push(...(file === undefined ? [] : ['']), printable(result.case.file));
    file = result.case.file;
    lines.push(...linesOf(result, paint));
  }
  const hasFailed = results.some(({ differences }) => differences.length > 0);
  return [...lines, '', paint(hasFailed ? 'red' : 'green', describeTally(results)), ''].join('\n');
}

function linesOf(result: CaseResult, paint: Paint): string[] {
  const { name, file, line } = result.case;
  if (result.differences.length === 0) return [`  ${paint('green', '✓')} ${printable(name)}`];
  return [
    `  ${paint('red', `✗ ${printable(name)}`)} ${paint('dim', `(${printable(file)}:${line})`)}`,
    ...describeDifferences(result).map((difference) => `      ${difference}`),
    `      ${paint('dim', `decided by ${describeCause(result.got)}`)}`,
  ];
}
