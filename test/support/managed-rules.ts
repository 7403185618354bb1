import { createManagedPolicies } from '#refgate/manage/policies/create-managed-policies.js';
import type { ManagedPolicies, PolicyChange } from '#refgate/manage/policies/managed-policies.js';
import type { CompiledRules } from '#refgate/model/snapshot.js';
import { type LoadOptions, loadRules } from '#refgate/rules/load.js';
import { Reloader } from '#refgate/rules/reload/reload.js';
import { SnapshotStore } from '#refgate/rules/reload/store.js';
import { formatRuleError, type RuleError } from '#refgate/rules/rule-error.js';
import type { PolicySource } from '#refgate/rules/validate/schema.js';

/** The policies of a rule directory, with the load and the reload of the service. */
export interface ManagedRules {
  readonly policies: ManagedPolicies;
  readonly store: SnapshotStore<CompiledRules>;
  readonly reloader: Reloader<CompiledRules, RuleError, CompiledRules>;
}

/** Puts the parts together as the service does, and loads for the first time. */
export async function manageRules(
  rules: string,
  { managed = 'managed', readOnly = false, ...options }: LoadOptions & { managed?: string; readOnly?: boolean } = {},
): Promise<ManagedRules> {
  const load = (more: LoadOptions = {}) => loadRules(rules, { allowEmpty: true, ...options, ...more });
  const store = new SnapshotStore<CompiledRules>();
  const reloader = new Reloader(store, { load, seal: (loaded: CompiledRules) => loaded, format: formatRuleError });
  const policies = await createManagedPolicies({
    rules,
    managed,
    readOnly,
    load: (overlay) => load({ overlay }),
    reload: () => reloader.now(),
    generation: () => store.generation,
  });
  await reloader.now();
  return { policies, store, reloader };
}

/** A change that sets one policy, whatever was there. */
export function put(policy: PolicySource): PolicyChange<never> {
  return { names: [policy.name], edit: () => ({ next: new Map([[policy.name, policy]]) }) };
}

/** A change that removes one policy. */
export function remove(name: string): PolicyChange<never> {
  return { names: [name], edit: () => ({ next: new Map() }) };
}
