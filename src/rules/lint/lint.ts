import type { CompiledRules } from '../../model/snapshot.js';
import type { LoadedPolicy } from '../compile/compile-policy.js';
import { quote } from '../key-path.js';
import type { RuleWarning, WarningCode } from '../rule-error.js';
import { redirectTargetCover } from './redirect-cover.js';
import { ShadowedPolicies } from './shadowed-policies.js';

/** What is legal and probably not meant, as far as it takes all policies together to see it. */
export function lint(loaded: readonly LoadedPolicy[], rules: CompiledRules): RuleWarning[] {
  const warnings: RuleWarning[] = [];
  const earlier = new ShadowedPolicies();
  for (const policy of loaded) {
    const first = earlier.add(policy.policy.name, policy.match);
    if (first !== undefined) warn(warnings, policy, { code: 'unreachable-policy', ...unreachable(first) });
    const cover = redirectTargetCover(policy, rules);
    if (cover !== undefined) warn(warnings, policy, { code: 'redirect-target-protected', message: cover });
  }
  return warnings;
}

interface Found {
  readonly code: WarningCode;
  readonly message: string;
  readonly because?: string;
}

function warn(warnings: RuleWarning[], loaded: LoadedPolicy, found: Found): void {
  const { code, message } = found;
  if (loaded.silence.has(code)) return;
  const place = code === 'redirect-target-protected' ? (loaded.redirect?.place ?? loaded.place) : loaded.place;
  warnings.push({ ...place, ...found, message: `${message}; silence ${code} if that is meant` });
}

function unreachable(first: string): Pick<Found, 'message' | 'because'> {
  const message = `no request reaches this policy, since ${quote(first)} before it covers all that it covers; only a proxy that names it can use it`;
  return { message, because: first };
}
