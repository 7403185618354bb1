import type { Findings } from './findings.js';
import { quote } from './key-path.js';
import type { PolicyName } from './load-session.js';

/**
 * Reports names that are given twice: they are unique across all files, since logs, metrics and proxies know a policy by
 * its name alone.
 */
export function reportDuplicates(names: Iterable<PolicyName>, findings: Findings): void {
  const first = new Map<string, PolicyName>();
  for (const policy of names) {
    const other = first.get(policy.name);
    if (other === undefined) first.set(policy.name, policy);
    else findings.add({ ...policy.place, message: alreadyIn(other) });
  }
}

function alreadyIn({ name, place }: PolicyName): string {
  return `the policy ${quote(name)} is already in ${place.file}:${place.line}; names are unique across all files`;
}
