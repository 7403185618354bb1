import type { MatchConditions, Policy } from '../model/policy.js';

/** Whether the client's address has a say in what a policy covers or spares. */
export function readsClientIp({ match, exempt }: Policy): boolean {
  return exempt.clientIps !== undefined || exempt.verifiedBots !== undefined || asksFor(match, 'clientIps');
}

/** Whether the request's scheme has a say in what a policy covers. */
export function readsScheme({ match }: Policy): boolean {
  return asksFor(match, 'schemes');
}

/** The conditions directly inside of one. */
export function conditionsInside({ any = [], all = [], not }: MatchConditions): readonly MatchConditions[] {
  return [...any, ...all, ...(not ? [not] : [])];
}

function asksFor(match: MatchConditions, key: keyof MatchConditions): boolean {
  return match[key] !== undefined || conditionsInside(match).some((condition) => asksFor(condition, key));
}
