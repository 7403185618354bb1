import { dataOf } from '../../match/data-of.js';
import type { AddressMatcher } from '../../model/matchers.js';
import type { Exemptions, MatchConditions, Policy, RefererRules, ValueCondition } from '../../model/policy.js';
import type { Plain } from './plain.js';

/** Gives what many policies share a number, under which it is handed over once. */
export type Share = (ranges: AddressMatcher) => number;

/** A policy without its matchers; `livePolicy` is the way back. */
export function plainPolicy(policy: Policy, share: Share): Plain<Policy> {
  const { match, referer, exempt, ...rest } = policy;
  return {
    ...rest,
    match: plainConditions(match),
    referer: plainReferer(referer),
    exempt: plainExemptions(exempt, share),
  };
}

function plainConditions(conditions: MatchConditions): Plain<MatchConditions> {
  const { hosts, paths, clientIps, headers, query, cookies, any, all, not, ...rest } = conditions;
  return {
    ...rest,
    ...(hosts && { hosts: dataOf.hosts(hosts) }),
    ...(paths && { paths: dataOf.text(paths) }),
    ...(clientIps && { clientIps: dataOf.addresses(clientIps) }),
    ...(headers && { headers: headers.map(plainValue) }),
    ...(query && { query: query.map(plainValue) }),
    ...(cookies && { cookies: cookies.map(plainValue) }),
    ...(any && { any: any.map(plainConditions) }),
    ...(all && { all: all.map(plainConditions) }),
    ...(not && { not: plainConditions(not) }),
  };
}

function plainValue({ name, expected }: ValueCondition): Plain<ValueCondition> {
  return { name, expected: typeof expected === 'boolean' ? expected : dataOf.text(expected) };
}

function plainReferer(referer: RefererRules): Plain<RefererRules> {
  if (referer.dialect === 'host') {
    const { allow, deny } = referer;
    return { ...referer, allow: allow && dataOf.hostList(allow), deny: deny && dataOf.hostList(deny) };
  }
  const { allow, deny } = referer;
  return { ...referer, allow: allow && dataOf.textList(allow), deny: deny && dataOf.textList(deny) };
}

function plainExemptions(exemptions: Exemptions, share: Share): Plain<Exemptions> {
  const { clientIps, userAgents, verifiedBots, ...rest } = exemptions;
  return {
    ...rest,
    ...(clientIps && { clientIps: dataOf.addresses(clientIps) }),
    ...(userAgents && { userAgents: dataOf.text(userAgents) }),
    ...(verifiedBots && { verifiedBots: verifiedBots.map(({ name, ranges }) => ({ name, ranges: share(ranges) })) }),
  };
}
