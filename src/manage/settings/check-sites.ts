import { HostOverlap } from '../../match/host-overlap.js';
import type { FileFindings } from '../../rules/findings.js';
import { quote } from '../../rules/key-path.js';
import { hostsMeet } from './hosts-meet.js';
import { placeOf, type Site, type SiteHost } from './site.js';

/**
 * What must be different from bucket to bucket and from domain to domain: names, policies, and hosts, of which the first
 * policy that covers one would decide alone.
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

/** The index leaves few pairs to be compared one by one, however many sites there are. */
function checkHosts(sites: readonly Site[], findings: FileFindings): void {
  const overlap = new HostOverlap(sites.map(({ hosts }) => hosts.map(({ pattern }) => pattern)));
  for (const [position, site] of sites.entries()) {
    for (const host of site.hosts) {
      const earlier = Array.from(overlap.of([host.pattern])).filter((other) => other < position);
      const claim = firstClaim(
        host,
        site,
        earlier.flatMap((other) => sites[other] ?? []),
      );
      if (claim !== undefined) findings.wrong(host.path, claim);
    }
  }
}

function firstClaim(host: SiteHost, site: Site, earlier: readonly Site[]): string | undefined {
  for (const other of earlier) {
    const isSameName = other.name === site.name && other.path[0] === site.path[0];
    const claimed = isSameName ? undefined : other.hosts.find(({ pattern }) => hostsMeet(pattern, host.pattern));
    if (claimed === undefined) continue;
    const how =
      claimed.text === host.text ? 'is claimed' : `shares hosts with ${quote(claimed.text)}, which is claimed`;
    return `${quote(host.text)} ${how} by ${placeOf(other)}; one policy alone can decide for a host`;
  }
  return undefined;
}
