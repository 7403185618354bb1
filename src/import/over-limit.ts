import { checkRegex } from '../match/regex.js';
import { formatCount, LIMITS } from '../rules/limits.js';
import type { Imported } from './imported.js';

/** What of an import is more than one rule file may hold; without this, `validate` would refuse what we wrote. */
export function overLimit({ policies }: Imported): string | undefined {
  if (policies.length > LIMITS.policies) return `more than ${formatCount(LIMITS.policies)} policies come of it`;
  const entries = policies.flatMap(({ policy: { referer } }) => [...(referer.allow ?? []), ...(referer.deny ?? [])]);
  if (entries.length > LIMITS.inlineEntries) {
    return (
      `more than ${formatCount(LIMITS.inlineEntries)} entries, which a rule file may not hold; ` +
      'import the configuration without its list, and name a list file in the policy ({ file: … })'
    );
  }
  const patterns = [...entries, ...policies.flatMap(({ policy }) => policy.match?.paths ?? [])];
  const regexes = patterns.filter((each): each is string => typeof each === 'string' && each.startsWith('~'));
  return instructionsOf(regexes) > LIMITS.regexInstructions
    ? `${formatCount(regexes.length)} expressions come of it, more than can be matched; write the hosts that they mean`
    : undefined;
}

function instructionsOf(regexes: readonly string[]): number {
  let instructions = 0;
  for (const regex of regexes) {
    const checked = checkRegex(regex.replace(/^~\*?/, ''));
    if (!('problem' in checked)) instructions += checked.instructions;
  }
  return instructions;
}
