import { buildAddressSet } from '../../match/address-set.js';
import { compileTextGlobs } from '../../match/glob-list.js';
import type { Exemptions } from '../../model/policy.js';
import type { PolicyDraft } from '../validate/validate.js';
import { compileBots } from './compile-bots.js';
import { readNetwork, setOf } from './compile-match.js';
import { compileItems, type PolicyScope } from './policy-scope.js';

/** The `exempt` of a policy; without one nothing is exempt. Empty lists are what they say. */
export function compileExempt(draft: PolicyDraft['exempt'], scope: PolicyScope): Exemptions {
  const path = [...scope.path, 'exempt'];
  const clientIps = compileItems(draft?.clientIps ?? [], [...path, 'clientIps'], scope, readNetwork);
  const userAgents = compileItems(draft?.userAgents ?? [], [...path, 'userAgents'], scope, (text) =>
    text.toLowerCase(),
  );
  const bots = draft?.verifiedBots ?? [];
  return {
    authorization: draft?.authorization ?? false,
    methods: setOf(draft?.methods ?? [], (text) => text.toUpperCase()),
    ...(clientIps.length > 0 && { clientIps: buildAddressSet(clientIps) }),
    ...(bots.length > 0 && { verifiedBots: compileBots(bots, [...path, 'verifiedBots'], scope) }),
    ...(userAgents.length > 0 && { userAgents: compileTextGlobs(userAgents, { ignoreCase: true }) }),
  };
}
