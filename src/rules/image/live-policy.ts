import type { MatcherMaker } from '../../match/matcher-maker.js';
import type { AddressMatcher } from '../../model/matchers.js';
import type { Exemptions, MatchConditions, Policy, RefererRules, ValueCondition } from '../../model/policy.js';
import type { Plain, PlainBot } from './plain.js';

/** What policies are made of beside what they hold themselves. */
export interface Makings {
  readonly make: MatcherMaker;
  /** What many policies share, by its number. */
  readonly ranges: readonly AddressMatcher[];
}

/** The policy that `plainPolicy` was given. */
export function livePolicy(plain: Plain<Policy>, { make, ranges }: Makings): Policy {
  const { match, referer, exempt, ...rest } = plain;
  return {
    ...rest,
    match: liveConditions(match, make),
    referer: liveReferer(referer, make),
    exempt: liveExemptions(exempt, { make, ranges }),
  };
}

function liveConditions(plain: Plain<MatchConditions>, make: MatcherMaker): MatchConditions {
  const { hosts, paths, clientIps, headers, query, cookies, any, all, not, ...rest } = plain;
  const inside = (nested: Plain<MatchConditions>) => liveConditions(nested, make);
  const value = ({ name, expected }: Plain<ValueCondition>): ValueCondition => ({
    name,
    expected: typeof expected === 'boolean' ? expected : make.text(expected),
  });
  return {
    ...rest,
    ...(hosts && { hosts: make.hosts(hosts) }),
    ...(paths && { paths: make.text(paths) }),
    ...(clientIps && { clientIps: make.addresses(clientIps) }),
    ...(headers && { headers: headers.map(value) }),
    ...(query && { query: query.map(value) }),
    ...(cookies && { cookies: cookies.map(value) }),
    ...(any && { any: any.map(inside) }),
    ...(all && { all: all.map(inside) }),
    ...(not && { not: inside(not) }),
  };
}

function liveReferer(plain: Plain<RefererRules>, make: MatcherMaker): RefererRules {
  if (plain.dialect === 'host') {
    const { allow, deny } = plain;
    return { ...plain, allow: allow && make.hostList(allow), deny: deny && make.hostList(deny) };
  }
  const { allow, deny } = plain;
  return { ...plain, allow: allow && make.textList(allow), deny: deny && make.textList(deny) };
}

function liveExemptions(plain: Plain<Exemptions>, { make, ranges }: Makings): Exemptions {
  const { clientIps, userAgents, verifiedBots, ...rest } = plain;
  return {
    ...rest,
    ...(clientIps && { clientIps: make.addresses(clientIps) }),
    ...(userAgents && { userAgents: make.text(userAgents) }),
    ...(verifiedBots && { verifiedBots: verifiedBots.map((bot) => liveBot(bot, ranges)) }),
  };
}

function liveBot({ name, ranges: number }: PlainBot, ranges: readonly AddressMatcher[]) {
  const own = ranges[number];
  if (own === undefined) throw new RangeError(`the image lacks the address ranges ${number}`);
  return { name, ranges: own };
}
