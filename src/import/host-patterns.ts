import { parseHostPattern } from '../referer/parse-host-pattern.js';
import { isProblem } from '../referer/pattern-problem.js';
import { quote } from '../rules/key-path.js';
import type { Losses } from './losses.js';

/** What a policy says of itself where the configuration names no domain. */
export const everyHost = 'The configuration does not name its domain: write match.hosts, or this covers every request.';

/** The domains that a configuration is about, as `match.hosts`; a loss for each that is no host. */
export function hostPatterns(domains: readonly string[], line: number, losses: Losses): string[] {
  const hosts = new Set<string>();
  for (const domain of domains) {
    const pattern = parseHostPattern(domain);
    if (isProblem(pattern)) losses.changing(line, `domain ${quote(domain)}: ${pattern.problem}`);
    else hosts.add(domain.trim());
  }
  return [...hosts];
}
