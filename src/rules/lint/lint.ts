import type { CompiledRules } from '../../model/snapshot.js';
import type { LoadedPolicy } from '../compile/compile-policy.js';
import { quote } from '../key-path.js';
import type { RuleWarning, WarningCode } from '../rule-error.js';
import { inTurns } from './in-turns.js';
import { redirectTargetCover } from './redirect-cover.js';
import { ShadowedPolicies } from './shadowed-policies.js';

/** What is legal and probably not meant, as far as it takes all policies together to see it. */
export async function lint(loaded: readonly LoadedPolicy[], rules: CompiledRules): Promise<RuleWarning[]> {
  const warnings: RuleWarning[] = [];
  const earlier = new ShadowedPolicies();
  await inTurns(loaded, (policy) => {
    const first = earlier.add(policy.policy.name, policy.match);
    if (first !== undefined) warn(warnings, policy, 'unreachable-policy', unreachable(first));
    const cover = redirectTargetCover(policy, rules);
    if (cover !== undefined) warn(warnings, policy, 'redirect-target-protected', cover);
  });
  return warnings;
}

function warn(warnings: RuleWarning[], loaded: LoadedPolicy, code: WarningCode, message: string): void {
  if (loaded.silence.has(code)) return;
  const place = code === 'redirect-target-protected' ? (loaded.redirect?.place ?? loaded.place) : loaded.place;
  warnings.push({ ...place, message: `${message}; silence ${code} if that is meant`, code });
}

function unreachable(first: string): string {
  return `no request reaches this policy, since ${quote(first)} before it covers all that it covers; only a proxy that names it can use it`;
}
