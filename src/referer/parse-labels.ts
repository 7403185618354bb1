import { domainToASCII } from 'node:url';
import type { PatternProblem } from './pattern-problem.js';

/** The full stop and what IDNA takes for one (UTS #46 §4: U+3002, U+FF0E, U+FF61). */
const fullStops = /[.\u3002\uff0e\uff61]/;

const asciiLabel = /^[a-z0-9_*?-]+$/;
const firstForbidden = /[^a-z0-9_*?-]/iu;
const nonAscii = /[^\0-\x7f]/;
const wildcard = /[*?]/;

/** Follows a label on its way through IDNA: alone, a label of digits would be read as an IPv4 address. */
const nextLabel = '.x';

/**
 * Splits a host pattern at its dots and brings each label into the form that the labels of a `RefererUrl.host` have:
 * lower case, punycode. Wildcards stay: `*` and `?` within an ASCII label, `**` alone between dots.
 *
 * Only letters, digits, `-` and `_` are taken. WHATWG URL reads hosts with a comma or an equals sign too, but in an
 * entry such a character is a slip (`a.example,b.example` is meant to be two entries).
 */
export function parseLabels(text: string): readonly string[] | PatternProblem {
  const labels: string[] = [];
  for (const written of text.split(fullStops)) {
    const problem = problemOfLabel(written);
    if (problem !== undefined) return { problem };
    const label = canonicalLabel(written);
    if (label === undefined) return problemOfName(written);
    labels.push(label);
  }
  return labels;
}

/** True for a label that stands for itself. */
export function isLiteral(label: string): boolean {
  return !wildcard.test(label);
}

function problemOfLabel(label: string): string | undefined {
  if (label === '') return 'empty label in the host: write one dot between labels, and none after a wildcard';
  if (label !== '**' && label.includes('**')) {
    return `** within the label ${quote(label)}: write ** alone between dots, or a single * for characters of one label`;
  }
  if (nonAscii.test(label)) {
    return isLiteral(label)
      ? undefined
      : `wildcard in the label ${quote(label)}, which is not ASCII: write the label in punycode (xn--)`;
  }
  const forbidden = firstForbidden.exec(label)?.[0];
  return (
    forbidden &&
    `${quote(forbidden)} in the host: write letters, digits, - and _, dots between labels, * and ? as wildcards`
  );
}

function canonicalLabel(label: string): string | undefined {
  const lower = label.toLowerCase();
  if (asciiLabel.test(lower) && !(lower.startsWith('xn--') && isLiteral(lower))) return lower;
  const ascii = domainToASCII(label + nextLabel).slice(0, -nextLabel.length);
  return asciiLabel.test(ascii) && isLiteral(ascii) ? ascii : undefined;
}

function problemOfName(label: string): PatternProblem {
  return { problem: `${quote(label)} is not a valid internationalised name: copy it from a browser's URL bar` };
}

function quote(text: string): string {
  return JSON.stringify(text);
}
