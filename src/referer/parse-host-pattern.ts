import { isIPv6 } from 'node:net';
import type { HostPattern } from '../model/entry.js';
import { parseHostText } from './parse-host-text.js';
import { parseNetwork } from './parse-network.js';
import { patternOfLabels } from './pattern-of-labels.js';
import { isProblem, type PatternProblem } from './pattern-problem.js';
import { problemOfText } from './pattern-text.js';

/**
 * Reads a pattern of `match.hosts`: the host of an entry, exact but for a leading `*.`, which reaches any depth.
 * `cdn.example.com` is only itself, `a*b.example.com` one label of that form, `*.example.com` everything below,
 * `.example.com` itself and everything below, `*` and `**` every host.
 */
export function parseHostPattern(written: string): HostPattern | PatternProblem {
  const text = written.trim();
  const problem = problemOfText(text) ?? problemOfForeignPart(text);
  if (problem !== undefined) return problem;
  const host = isIPv6(text) ? (parseNetwork(text) ?? parseHostText(text)) : parseHostText(text);
  if (isProblem(host) || host.kind === 'network') return host;
  const [head, ...rest] = host.labels;
  return patternOfLabels(head === '*' ? ['**', ...rest] : host.labels, host.leadingDot);
}

/** Parts that entries may have and host patterns may not. Each has its own text, for the remedies differ. */
function problemOfForeignPart(text: string): PatternProblem | undefined {
  if (text.includes('://'))
    return { problem: 'scheme before the host: write the host alone, and the scheme under match.schemes' };
  if (text.includes('@')) return { problem: 'user info before @: write the host alone' };
  if (parseNetwork(text) !== undefined && text.includes('/')) {
    return { problem: 'CIDR block: write host names or single addresses, and blocks of clients under match.clientIps' };
  }
  if (text.includes('/'))
    return { problem: 'path after the host: write the host alone, and the path under match.paths' };
  if (!isIPv6(text) && text.includes(':', text.lastIndexOf(']') + 1)) {
    return { problem: 'port after the host: leave it out, for the port of a request is ignored' };
  }
  return undefined;
}
