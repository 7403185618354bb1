import { createManagedPolicies } from '#refgate/manage/policies/create-managed-policies.js';
import type { ManagedPolicies, PolicyChange } from '#refgate/manage/policies/managed-policies.js';
import type { CompiledRules } from '#refgate/model/snapshot.js';
import type { RulesImage } from '#refgate/rules/image/rules-image.js';
import { NOTHING_HELD, unpackRules } from '#refgate/rules/image/unpack-rules.js';
import type { LoadOptions } from '#refgate/rules/load.js';
import { type Loaded, Reloader } from '#refgate/rules/reload/reload.js';
import { SnapshotStore } from '#refgate/rules/reload/store.js';
import { formatRuleError, type RuleError } from '#refgate/rules/rule-error.js';
import type { AskRules, CheckQuestion, LoadAnswer } from '#refgate/rules/thread/messages.js';
import { ThreadWork } from '#refgate/rules/thread/thread-work.js';
import type { PolicySource } from '#refgate/rules/validate/schema.js';

/** The policies of a rule directory, with the load and the reload of the service. */
export interface ManagedRules {
  readonly policies: ManagedPolicies;
  readonly store: SnapshotStore<CompiledRules>;
  readonly reloader: Reloader<RulesImage, RuleError, CompiledRules>;
  readonly ask: AskRules;
}

/** What a test does otherwise, or in between. */
export interface ManageOptions extends LoadOptions {
  readonly managed?: string;
  readonly readOnly?: boolean;
  /** Called before changes are checked, and told which files they make. */
  readonly beforeCheck?: (files: readonly string[]) => void;
  /** Called when changes are written, before they are put in force. */
  readonly beforeReload?: () => void;
  readonly onUnwritable?: (problem: string) => void;
}

/** Puts the parts together as the service does, and loads for the first time. */
export async function manageRules(rules: string, options: ManageOptions = {}): Promise<ManagedRules> {
  const { managed = 'managed', readOnly = false, beforeCheck, beforeReload, onUnwritable, ...loading } = options;
  const thread = new ThreadWork({ dir: rules, allowEmpty: true, ...loading });
  const ask: AskRules = (kind, question) => thread.ask(kind, question);
  const store = new SnapshotStore<CompiledRules>();
  const reloader = new Reloader<RulesImage, RuleError, CompiledRules>(store, {
    load: async (inForce) => loadedOf(await ask('load', { inForce, held: new Set(), distrust: false })),
    prepare: async (image) => (await unpackRules(image, NOTHING_HELD)).rules,
    format: formatRuleError,
  });
  const policies = await createManagedPolicies({
    rules,
    managed,
    readOnly,
    ask: (kind, question) => {
      if (kind === 'check') beforeCheck?.([...(question as CheckQuestion).overlay.keys()]);
      return ask(kind, question);
    },
    reload: () => {
      beforeReload?.();
      return reloader.now();
    },
    generation: () => store.generation,
    ...(onUnwritable && { onUnwritable }),
  });
  await reloader.now();
  return { policies, store, reloader, ask };
}

function loadedOf(answer: LoadAnswer): Loaded<RulesImage, RuleError> {
  const { digest } = answer;
  if (answer.kind === 'unchanged') return { ok: true, unchanged: true, digest };
  return answer.kind === 'image'
    ? { ok: true, rules: answer.image, digest }
    : { ok: false, errors: answer.errors, digest };
}

/** A change that sets one policy, whatever was there. */
export function put(policy: PolicySource): PolicyChange<never> {
  return { names: [policy.name], edit: () => ({ next: new Map([[policy.name, policy]]) }) };
}

/** A change that removes one policy. */
export function remove(name: string): PolicyChange<never> {
  return { names: [name], edit: () => ({ next: new Map() }) };
}

/** A change that adds an entry to the allow list of a policy, and the policy where there is none. */
export function add(name: string, entry: string): PolicyChange<never> {
  return {
    names: [name],
    edit: (current) => {
      const { referer, ...policy } = current.get(name) ?? { name, referer: {} };
      const next = { ...policy, referer: { ...referer, allow: [...(referer.allow ?? []), entry] } };
      return { next: new Map([[name, next]]) };
    },
  };
}
