import type { HostPattern } from '../../model/entry.js';
import type { FileFindings } from '../../rules/findings.js';
import { quote } from '../../rules/key-path.js';
import { placeOf, type Site } from './site.js';

/**
 * What must be different from bucket to bucket and from domain to domain: names, policies, and hosts.
 */
export function checkSites(buckets: readonly Site[], domains: readonly Site[], findings: FileFindings): void {
  checkNames(buckets, 'bucket', findings);
  checkNames(domains, 'domain', findings);
  checkPolicies([...buckets, ...domains], findings);
  checkHosts([...buckets, ...domains], findings);
}

function checkNames(sites: readonly Site[], what: string, findings: FileFindings): void {
  const first = new Map<string, Site>();
  for (const site of sites) {
    const before = first.get(site.name);
    if (before === undefined) first.set(site.name, site);
    else findings.wrong(site.namePath, `the ${what} ${quote(site.name)} is already ${placeOf(before)}`);
  }
}

function checkPolicies(sites: readonly Site[], findings: FileFindings): void {
  const first = new Map<string, Site>();
  for (const site of sites) {
    if (site.policy === undefined) continue;
    const before = first.get(site.policy);
    if (before === undefined) first.set(site.policy, site);
    // The same name twice has its error already, and the same policy by default.
    else if (before.name !== site.name || before.path[0] !== site.path[0]) {
      const message = `the policy ${quote(site.policy)} is already that of ${placeOf(before)}; give "policy" another name`;
      findings.wrong(site.policyPath, message);
    }
  }
}

/**
 * The same host twice is a mistake. One beside a wildcard that covers it is not: as for all policies, the first by the
 * names of their files decides, and the loader warns of one that is never reached.
 */
function checkHosts(sites: readonly Site[], findings: FileFindings): void {
  const first = new Map<string, Site>();
  for (const site of sites) {
    for (const { text, pattern, path } of site.hosts) {
      const before = first.get(keyOf(pattern)) ?? site;
      first.set(keyOf(pattern), before);
      // The same name twice has its error already.
      if (before.name === site.name && before.path[0] === site.path[0]) continue;
      const message = `${quote(text)} is claimed by ${placeOf(before)}; one policy alone can decide for a host`;
      findings.wrong(path, message);
    }
  }
}

/** Equal for patterns that cover the same, however they are written. */
function keyOf(pattern: HostPattern): string {
  return JSON.stringify(pattern);
}
