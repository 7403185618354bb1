import { isIPv4 } from 'node:net';
import { domainToASCII } from 'node:url';
import type { NetworkPattern } from '../model/entry.js';
import { isLiteral, parseLabels } from './parse-labels.js';
import { parseNetwork } from './parse-network.js';
import { isProblem, type PatternProblem } from './pattern-problem.js';

/** The host of an entry in its parts, before `exact` and the like give it its reach. */
export interface HostLabels {
  readonly kind: 'labels';
  /** At least one. */
  readonly labels: readonly string[];
  /** `.example.com`: the name itself and everything below, as in nginx's `valid_referers`. */
  readonly leadingDot: boolean;
}

/**
 * Reads a host without scheme, port and path: a name, a name with wildcards, or an IP literal in any notation that
 * WHATWG URL takes for one (`127.1`, `0x7f.0.0.1`), because a Referer's host arrives canonicalised.
 */
export function parseHostText(text: string): HostLabels | NetworkPattern | PatternProblem {
  if (text === '') return { problem: 'no host: write one such as shop.example' };
  if (text.includes('%')) return { problem: 'percent-encoded host: write the characters themselves' };
  if (text.startsWith('[')) return parseNetwork(text) ?? problemOfBrackets(text);
  const leadingDot = text.startsWith('.');
  const labels = parseLabels(withoutOuterDots(text));
  if (isProblem(labels)) return labels;
  return labels.every(isLiteral) ? nameOrAddress(labels, leadingDot) : wildcards(labels, leadingDot);
}

/** The dot before (nginx's form) and the one after; `*.` stays as it is, for without its dot it would cover the world. */
function withoutOuterDots(text: string): string {
  const start = text.startsWith('.') ? 1 : 0;
  const end = text.endsWith('.') && !text.endsWith('*.') ? -1 : undefined;
  return text.slice(start, end);
}

/** WHATWG URL takes a name for an IPv4 address if its last label is a number, and then it must be one. */
function nameOrAddress(labels: readonly string[], leadingDot: boolean): HostLabels | NetworkPattern | PatternProblem {
  const host = domainToASCII(labels.join('.'));
  if (host === '') return { problem: 'ends in a number but is not an IPv4 address: write four numbers from 0 to 255' };
  if (!isIPv4(host)) return { kind: 'labels', labels, leadingDot };
  if (leadingDot) return { problem: 'dot before an IP address: leave it out, for nothing is below an address' };
  return parseNetwork(host) ?? { problem: 'not an IP address: write four numbers from 0 to 255' };
}

function wildcards(labels: readonly string[], leadingDot: boolean): HostLabels | PatternProblem {
  const isBare = labels.length === 1 && /^\*+$/.test(labels[0] ?? '');
  if (leadingDot && isBare) return { problem: 'dot before a wildcard that stands alone: write ** to cover every host' };
  return { kind: 'labels', labels, leadingDot };
}

function problemOfBrackets(text: string): PatternProblem {
  return { problem: `${JSON.stringify(text)} is not an IPv6 address in brackets: write one such as [2001:db8::1]` };
}
