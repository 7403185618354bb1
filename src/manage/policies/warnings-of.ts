import { joinDir } from '../../rules/read/list-rule-files.js';
import type { RuleWarning } from '../../rules/rule-error.js';
import type { ManagedFolder } from './managed-folder.js';
import type { PolicyDifference } from './managed-policies.js';

/**
 * The warnings that a change has to do with: first those of its own files, then those of other files that come from its
 * policies, such as a policy that is not reached any more.
 */
export function warningsOf(
  changes: readonly PolicyDifference[],
  warnings: readonly RuleWarning[],
  folder: ManagedFolder,
): RuleWarning[] {
  const policies = new Set(changes.map(({ policy }) => policy));
  const files = new Set(changes.map(({ policy }) => joinDir(folder.rules, folder.relative(policy))));
  const own = warnings.filter(({ file }) => files.has(file));
  const others = warnings.filter(({ file, because }) => !files.has(file) && because && policies.has(because));
  return [...own, ...others];
}
