import type { AuthzRequest } from '../model/authz-request.js';
import type { Policy } from '../model/policy.js';
import type { Snapshot } from '../model/snapshot.js';
import { conditionsHold } from './conditions-hold.js';
import type { NormalRequest } from './normalise-request.js';
import { RequestFacts } from './request-facts.js';

/** The first policy, in file order, whose `match` holds. The host index has sorted out all but a few. */
export function selectPolicy(snapshot: Snapshot, request: AuthzRequest, normal: NormalRequest): Policy | undefined {
  const candidates = snapshot.hosts.candidates(normal.host);
  if (candidates.length === 0) return undefined;
  const facts = new RequestFacts(request, normal);
  for (let i = 0; i < candidates.length; i++) {
    const policy = snapshot.policies[candidates.at(i) as number];
    if (policy !== undefined && conditionsHold(policy.match, facts)) return policy;
  }
  return undefined;
}
