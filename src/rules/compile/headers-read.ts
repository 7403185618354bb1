import type { MatchConditions, Policy } from '../../model/policy.js';
import { conditionsInside } from '../request-parts-read.js';
import { evidenceRead } from './evidence-read.js';

/**
 * The request headers that a policy reads once it is chosen, lower case, in the order in which `vary` names them. What
 * it was chosen by is for all policies of its hosts together: see `ConditionHeaders`.
 */
export function headersOfChecks({ referer, exempt }: Pick<Policy, 'referer' | 'exempt'>): readonly string[] {
  return [
    'referer',
    ...evidenceRead(referer),
    ...(exempt.userAgents || exempt.verifiedBots ? ['user-agent'] : []),
    ...(exempt.authorization ? ['authorization'] : []),
  ];
}

/** The request headers that a condition reads, nested ones included, lower case; a name may come twice. */
export function headersOfConditions(match: MatchConditions): readonly string[] {
  return [
    ...(match.headers ?? []).map(({ name }) => name),
    ...(match.cookies ? ['cookie'] : []),
    ...(match.destinations ? ['sec-fetch-dest'] : []),
    ...conditionsInside(match).flatMap(headersOfConditions),
  ];
}
