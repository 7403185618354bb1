import type { MatchConditions } from '../model/policy.js';

/** Whether a policy's condition, or one inside it, has the key. */
export function asksFor(match: MatchConditions, key: keyof MatchConditions): boolean {
  const nested = [...(match.any ?? []), ...(match.all ?? []), ...(match.not ? [match.not] : [])];
  return match[key] !== undefined || nested.some((condition) => asksFor(condition, key));
}
