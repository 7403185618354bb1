import type { ManagedPolicies } from '../policies/managed-policies.js';
import type { ManageSettings } from './manage-settings.js';

/** A policy whose file has other hosts than the settings. */
export interface HostDifference {
  readonly policy: string;
  readonly settings: readonly string[];
  /** `match.hosts` of the file; `undefined`: there are none, so that it covers every host. */
  readonly file: readonly string[] | undefined;
}

/**
 * Policies of buckets and domains whose files somebody edited, or whose hosts the settings have changed. Their order
 * means nothing.
 */
export async function hostsThatDiffer(
  settings: Pick<ManageSettings, 'buckets' | 'domains'>,
  policies: Pick<ManagedPolicies, 'read'>,
): Promise<HostDifference[]> {
  const differences: HostDifference[] = [];
  for (const { policy, hosts } of [...settings.buckets.values(), ...settings.domains.values()]) {
    const read = await policies.read(policy);
    if (read.kind === 'unloadable') return [];
    if (read.kind !== 'found') continue;
    const inFile = read.policy.match?.hosts;
    if (!isSameSet(inFile ?? [], hosts)) differences.push({ policy, settings: hosts, file: inFile });
  }
  return differences;
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  const [a, b] = [new Set(one), new Set(other)];
  return a.size === b.size && [...a].every((each) => b.has(each));
}
