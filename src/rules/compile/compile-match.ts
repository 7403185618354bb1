import { buildAddressSet } from '../../match/address-set.js';
import { compilePathGlobs } from '../../match/glob-list.js';
import type { HostPattern, NetworkPattern } from '../../model/entry.js';
import type { MatchConditions } from '../../model/policy.js';
import { parseHostPattern } from '../../referer/parse-host-pattern.js';
import { parseNetwork } from '../../referer/parse-network.js';
import { quote } from '../key-path.js';
import type { PolicyDraft } from '../validate/validate.js';
import { compileItems, type PolicyScope } from './policy-scope.js';

/** `hosts` apart, since one index holds those of all policies; `undefined`: every host. */
export interface CompiledMatch {
  readonly hosts: readonly HostPattern[] | undefined;
  readonly conditions: MatchConditions;
}

/** The `match` of a policy; without one it covers every request. */
export function compileMatch(draft: PolicyDraft['match'], scope: PolicyScope): CompiledMatch {
  const path = [...scope.path, 'match'];
  const { hosts, paths, extensions, methods, schemes, clientIps } = draft ?? {};
  const globs = paths && compileItems(paths, [...path, 'paths'], scope, readPathGlob);
  const networks = clientIps && compileItems(clientIps, [...path, 'clientIps'], scope, readNetwork);
  return {
    hosts: hosts && compileItems(hosts, [...path, 'hosts'], scope, readHost),
    conditions: {
      ...(globs && { paths: compilePathGlobs(globs) }),
      ...(extensions && { extensions: setOf(extensions, (text) => text.toLowerCase()) }),
      ...(methods && { methods: setOf(methods, (text) => text.toUpperCase()) }),
      ...(schemes && { schemes: setOf(schemes, (text) => text.toLowerCase()) }),
      ...(networks && { clientIps: buildAddressSet(networks) }),
    },
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

/** What normalised paths never hold: empty segments and dot segments. */
const NOT_NORMAL = /\/\.{0,2}\/|\/\.{1,2}$/;

function readPathGlob(text: string): string | { problem: string } {
  if (!NOT_NORMAL.test(text)) return text;
  return {
    problem: `bad pattern ${quote(text)}: paths are matched with "//" taken for "/" and dot segments resolved; write the path that is left`,
  };
}

function readHost(text: string): HostPattern | { problem: string } {
  const pattern = parseHostPattern(text);
  return 'problem' in pattern ? { problem: badPattern(text, pattern.problem) } : pattern;
}

/** The words around a pattern's problem, which itself says what is wrong and what to write. */
export function badPattern(text: string, problem: string): string {
  return `bad pattern ${quote(text)}: ${problem}`;
}
