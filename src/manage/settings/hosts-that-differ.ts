import type { PolicySource } from '../../rules/validate/schema.js';
import type { ManagedPolicies, PolicyDifference } from '../policies/managed-policies.js';
import type { ManageSettings } from './manage-settings.js';

/** A policy whose file has other hosts than the settings. */
export interface HostDifference {
  readonly policy: string;
  readonly settings: readonly string[];
  /** `match.hosts` of the file; `undefined`: there are none, so that it covers every host. */
  readonly file: readonly string[] | undefined;
}

type Sites = Pick<ManageSettings, 'buckets' | 'domains'>;

/**
 * Policies of buckets and domains whose files somebody edited, or whose hosts the settings have changed. Their order
 * means nothing.
 */
export async function hostsThatDiffer(
  settings: Sites,
  policies: Pick<ManagedPolicies, 'read'>,
): Promise<HostDifference[]> {
  const differences: HostDifference[] = [];
  for (const site of sitesOf(settings)) {
    const read = await policies.read(site.policy);
    if (read.kind === 'unloadable') return [];
    if (read.kind === 'found') differences.push(...differenceOf(site, read.policy));
  }
  return differences;
}

/** The same for policies as changes leave them; nothing is read. */
export function hostsThatDifferAfter(settings: Sites, changes: readonly PolicyDifference[]): HostDifference[] {
  const changed = new Map(changes.map(({ policy, after }) => [policy, after]));
  return sitesOf(settings).flatMap((site) => differenceOf(site, changed.get(site.policy)));
}

interface Site {
  readonly policy: string;
  readonly hosts: readonly string[];
}

function sitesOf({ buckets, domains }: Sites): Site[] {
  return [...buckets.values(), ...domains.values()];
}

function differenceOf({ policy, hosts }: Site, found: PolicySource | undefined): HostDifference[] {
  const inFile = found?.match?.hosts;
  const isSame = found === undefined || isSameSet(inFile ?? [], hosts);
  return isSame ? [] : [{ policy, settings: hosts, file: inFile }];
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  const [a, b] = [new Set(one), new Set(other)];
  return a.size === b.size && [...a].every((each) => b.has(each));
}
