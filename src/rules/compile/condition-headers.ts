import { HostOverlap } from '../../match/host-overlap.js';
import type { HostPattern } from '../../model/entry.js';
import type { MatchConditions } from '../../model/policy.js';
import { headersOfConditions } from './headers-read.js';

/** Where a policy applies, and what it asks there. */
export interface PlacedConditions {
  readonly hosts: readonly HostPattern[] | undefined;
  readonly match: MatchConditions;
}

/**
 * The request headers that conditions read, by host. Which policy is chosen for a host depends on the conditions of all
 * policies that can cover it, so the answers of each of them vary by what any of them reads.
 *
 * Gathered by header and not by policy: there are a few headers, and there may be 100,000 policies.
 */
export class ConditionHeaders {
  /** Lower case, in the order in which the policies name them. */
  readonly names: readonly string[];
  readonly #overlap: HostOverlap;

  constructor(policies: readonly PlacedConditions[]) {
    const hostsOf = new Map<string, HostPattern[] | undefined>();
    for (const { hosts, match } of policies) {
      for (const name of headersOfConditions(match)) addHosts(hostsOf, name, hosts);
    }
    this.names = [...hostsOf.keys()];
    this.#overlap = new HostOverlap([...hostsOf.values()]);
  }

  /** Headers by which a policy for these hosts is chosen, or passed over. */
  of(hosts: PlacedConditions['hosts']): readonly string[] {
    return this.#overlap.of(hosts).map((place) => this.names[place] ?? '');
  }
}

function addHosts(
  hostsOf: Map<string, HostPattern[] | undefined>,
  name: string,
  hosts: PlacedConditions['hosts'],
): void {
  if (!hostsOf.has(name)) hostsOf.set(name, []);
  const known = hostsOf.get(name);
  if (hosts === undefined) hostsOf.set(name, undefined);
  else for (const host of hosts) known?.push(host);
}
