import type { ManagedPolicies } from './managed-policies.js';

/** A policy whose `match.hosts` is not what the settings say. */
export interface DifferingHosts {
  readonly policy: string;
  readonly expected: readonly string[];
  /** Empty where it has none: then it covers every host. */
  readonly found: readonly string[];
}

/**
 * Of policies that have a file of their own, those whose `match.hosts` differs from what is expected. The order of hosts
 * means nothing, and so is no difference.
 *
 * @param expected - hosts by policy
 */
export async function differingHosts(
  policies: Pick<ManagedPolicies, 'read'>,
  expected: ReadonlyMap<string, readonly string[]>,
): Promise<DifferingHosts[]> {
  const differing: DifferingHosts[] = [];
  for (const [policy, hosts] of expected) {
    const read = await policies.read(policy);
    if (read.kind !== 'found') continue;
    const found = read.policy.match?.hosts ?? [];
    if (!isSameSet(found, hosts)) differing.push({ policy, expected: hosts, found });
  }
  return differing;
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  const [left, right] = [new Set(a), new Set(b)];
  return left.size === right.size && [...left].every((each) => right.has(each));
}
