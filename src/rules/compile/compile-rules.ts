import { buildHostIndex } from '../../match/host-index.js';
import type { CompiledRules } from '../../model/snapshot.js';
import type { LoadedPolicy } from './compile-policy.js';

/** The policies of all files as one object. `entries` counts those of all their lists. */
export function compileRules(loaded: readonly LoadedPolicy[], entries: number): CompiledRules {
  const policies = loaded.map(({ policy }) => policy);
  return {
    policies,
    byName: new Map(policies.map((policy) => [policy.name, policy])),
    hosts: buildHostIndex(loaded.map(({ hosts }) => hosts)),
    entries,
    headersRead: new Set(['referer', ...policies.flatMap(({ headersRead }) => headersRead)]),
  };
}
