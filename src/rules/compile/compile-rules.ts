import { buildHostIndex } from '../../match/host-index.js';
import type { Policy } from '../../model/policy.js';
import type { CompiledRules } from '../../model/snapshot.js';
import { withVary } from './compile-deny.js';
import type { LoadedPolicy } from './compile-policy.js';
import { ConditionHeaders } from './condition-headers.js';
import { headersOfChecks } from './headers-read.js';

/** Policies that were completed before: one that would become the same again is the same object. */
export type KnownPolicies = WeakMap<LoadedPolicy, Policy>;

/** The policies of all files as one object. `entries` counts those of all their lists. */
export function compileRules(
  loaded: readonly LoadedPolicy[],
  entries: number,
  known: KnownPolicies = new WeakMap(),
): CompiledRules {
  const policies = completePolicies(loaded, known);
  return {
    policies,
    byName: new Map(policies.map((policy) => [policy.name, policy])),
    hosts: buildHostIndex(loaded.map(({ hosts }) => hosts)),
    entries,
    headersRead: new Set(['referer', ...policies.flatMap(({ headersRead }) => headersRead)]),
  };
}

/** Gives each policy what depends on the others: its position, and the headers that its answers vary by. */
function completePolicies(loaded: readonly LoadedPolicy[], known: KnownPolicies): Policy[] {
  const conditions = new ConditionHeaders(loaded.map(({ hosts, policy }) => ({ hosts, match: policy.match })));
  /** Most policies read the same headers, and then share one list. */
  const lists = new Map<string, readonly string[]>();
  return loaded.map((each, position) => {
    const { hosts, policy } = each;
    const before = known.get(each);
    const names = [...new Set([...headersOfChecks(policy), ...conditions.of(hosts)])];
    const key = names.join();
    const headersRead = lists.get(key) ?? names;
    lists.set(key, headersRead);
    if (before?.position === position && before.headersRead.join() === key) return before;
    const complete = { ...policy, position, headersRead, onDeny: withVary(policy.onDeny, headersRead) };
    known.set(each, complete);
    return complete;
  });
}
