import { compilePathGlobs } from '../../match/glob-list.js';
import type { PolicyDraft } from '../validate/validate.js';

type Match = PolicyDraft['match'];

/** The conditions of a policy beside its hosts, in a fixed order and one spelling, without those that always hold. */
export type Conditions = readonly (readonly [key: string, values: readonly string[]])[];

const KEYS = ['paths', 'extensions', 'methods', 'schemes', 'clientIps'] as const;

export function conditionsOf(match: Match): Conditions {
  const conditions: [string, readonly string[]][] = [];
  for (const key of KEYS) {
    const texts = match?.[key]?.filter((text) => text !== undefined);
    if (texts === undefined || (key === 'paths' && texts.some(isEveryPath))) continue;
    conditions.push([key, key === 'paths' ? texts : texts.map((text) => text.trim().toLowerCase())]);
  }
  return conditions;
}

/** Whether every request that `inner` holds for is one that `outer` holds for, as far as that is plain. */
export function covers(outer: Conditions, inner: Conditions): boolean {
  return outer.every(([key, allowed]) => {
    const asked = inner.find(([other]) => other === key)?.[1];
    return asked?.every((text) => allowed.includes(text) || (key === 'paths' && isCoveredPath(text, allowed))) ?? false;
  });
}

function isEveryPath(glob: string): boolean {
  return glob === '/**' || glob === '**';
}

/** `/images/a.jpg` by any glob that matches it; `/images/a/*` by `/images/**`. */
function isCoveredPath(glob: string, allowed: readonly string[]): boolean {
  if (!/[*?]/.test(glob)) return compilePathGlobs(allowed).matches(glob);
  return allowed.some((other) => /^[^*?]*\/\*\*$/.test(other) && glob.startsWith(other.slice(0, -2)));
}
