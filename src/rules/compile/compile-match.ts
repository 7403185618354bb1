import { buildAddressSet } from '../../match/address-set.js';
import { buildHostMatcher } from '../../match/host-matcher.js';
import type { HostPattern, NetworkPattern } from '../../model/entry.js';
import type { MatchConditions } from '../../model/policy.js';
import { parseHostPattern } from '../../referer/parse-host-pattern.js';
import { parseNetwork } from '../../referer/parse-network.js';
import { type KeyPath, quote } from '../key-path.js';
import type { PolicyDraft } from '../validate/validate.js';
import { badPattern } from './bad-pattern.js';
import { compilePaths } from './compile-paths.js';
import { compileValues, cookieNames, headerNames, parameterNames } from './compile-values.js';
import { necessaryHosts } from './necessary-hosts.js';
import { compileItems, type PolicyScope } from './policy-scope.js';
import { readDestination } from './read-destination.js';

type MatchDraft = NonNullable<PolicyDraft['match']>;

/** A condition, with the hosts that it makes necessary, since one index holds those of all policies. */
export interface CompiledMatch {
  /** One of them covers the host of every request that the condition holds for; `undefined`: every host is possible. */
  readonly hosts: readonly HostPattern[] | undefined;
  readonly conditions: MatchConditions;
}

/** Levels of conditions below `match`, which is itself on none: `match.not.not.not.not` is allowed, a fifth is not. */
const DEEPEST = 4;

/** The `match` of a policy; without one it covers every request. */
export function compileMatch(draft: PolicyDraft['match'], scope: PolicyScope): CompiledMatch {
  const path = [...scope.path, 'match'];
  const own = compileHosts(draft?.hosts, path, scope);
  // The index finds a policy by its own hosts exactly, so that they need no second look.
  return compileCondition(draft ?? {}, own, { path, level: 0, scope });
}

interface Place {
  readonly path: KeyPath;
  readonly level: number;
  readonly scope: PolicyScope;
}

function compileCondition(draft: MatchDraft, own: CompiledMatch['hosts'], place: Place): CompiledMatch {
  const all = compileList(draft.all, 'all', place);
  const any = compileList(draft.any, 'any', place);
  const not = draft.not && compileNested(draft.not, [...place.path, 'not'], place);
  const hostsOf = (nested: readonly CompiledMatch[] | undefined) => (nested ?? []).map(({ hosts }) => hosts);
  return {
    hosts: necessaryHosts({ own, all: hostsOf(all), any: hostsOf(any) }),
    conditions: {
      ...compilePlain(draft, place.path, place.scope),
      ...compileNamed(draft, place.path, place.scope),
      ...(any && { any: any.map(({ conditions }) => conditions) }),
      ...(all && { all: all.map(({ conditions }) => conditions) }),
      ...(not && { not: not.conditions }),
    },
  };
}

function compileList(
  drafts: readonly (MatchDraft | undefined)[] | undefined,
  key: 'all' | 'any',
  place: Place,
): CompiledMatch[] | undefined {
  return drafts
    ?.map((draft, position) => draft && compileNested(draft, [...place.path, key, position], place))
    .filter((nested) => nested !== undefined);
}

function compileNested(draft: MatchDraft, path: KeyPath, { level, scope }: Place): CompiledMatch {
  const problem = problemOfNested(draft, level + 1);
  if (problem !== undefined) {
    scope.findings.wrong(path, problem);
    return { hosts: undefined, conditions: {} };
  }
  const own = compileHosts(draft.hosts, path, scope);
  const { hosts, conditions } = compileCondition(draft, own, { path, level: level + 1, scope });
  return { hosts, conditions: { ...(own && { hosts: buildHostMatcher(own) }), ...conditions } };
}

function problemOfNested(draft: MatchDraft, level: number): string | undefined {
  if (level > DEEPEST) {
    return `conditions inside each other more than ${DEEPEST} levels deep; write them flatter, or as policies of their own`;
  }
  if (Object.keys(draft).length > 0) return undefined;
  return 'an empty condition holds for every request; name what a request must be like, or leave it out';
}

function compileHosts(
  texts: MatchDraft['hosts'],
  path: KeyPath,
  scope: PolicyScope,
): readonly HostPattern[] | undefined {
  return texts && compileItems(texts, [...path, 'hosts'], scope, readHost);
}

/** Keys that look at one thing each. */
function compilePlain(draft: MatchDraft, path: KeyPath, scope: PolicyScope): MatchConditions {
  const { paths, extensions, methods, schemes, clientIps, destinations } = draft;
  const networks = clientIps && compileItems(clientIps, [...path, 'clientIps'], scope, readNetwork);
  const words = destinations && compileItems(destinations, [...path, 'destinations'], scope, readDestination);
  return {
    ...(paths && { paths: compilePaths(paths, [...path, 'paths'], scope) }),
    ...(extensions && { extensions: setOf(extensions, (text) => text.toLowerCase()) }),
    ...(methods && { methods: setOf(methods, (text) => text.toUpperCase()) }),
    ...(schemes && { schemes: setOf(schemes, (text) => text.toLowerCase()) }),
    ...(networks && { clientIps: buildAddressSet(networks) }),
    ...(words && { destinations: new Set(words) }),
  };
}

/** Keys that look at what a request has by name. */
function compileNamed({ headers, query, cookies }: MatchDraft, path: KeyPath, scope: PolicyScope): MatchConditions {
  return {
    ...(headers && { headers: compileValues(headers, [...path, 'headers'], scope, headerNames) }),
    ...(query && { query: compileValues(query, [...path, 'query'], scope, parameterNames) }),
    ...(cookies && { cookies: compileValues(cookies, [...path, 'cookies'], scope, cookieNames) }),
  };
}

/** The texts in one spelling; those that the schema refused are left out. */
export function setOf(texts: readonly (string | undefined)[], spell: (text: string) => string): ReadonlySet<string> {
  return new Set(texts.filter((text) => text !== undefined).map(spell));
}

/** Also of `exempt.clientIps`. */
export function readNetwork(text: string): NetworkPattern | { problem: string } {
  const network = parseNetwork(text.trim());
  return network ?? { problem: `expected an IP address or a CIDR block such as 203.0.113.0/24, got ${quote(text)}` };
}

function readHost(text: string): HostPattern | { problem: string } {
  const pattern = parseHostPattern(text);
  return 'problem' in pattern ? { problem: badPattern(text, pattern.problem) } : pattern;
}
