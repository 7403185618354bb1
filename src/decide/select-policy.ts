import type { AuthzRequest } from '../model/authz-request.js';
import type { MatchConditions, Policy } from '../model/policy.js';
import type { Snapshot } from '../model/snapshot.js';
import { extensionOf } from '../referer/normalise-target.js';
import type { NormalRequest } from './normalise-request.js';

/** The first policy, in file order, whose `match` holds. The host index has sorted out all but a few. */
export function selectPolicy(snapshot: Snapshot, request: AuthzRequest, normal: NormalRequest): Policy | undefined {
  const candidates = snapshot.hosts.candidates(normal.host);
  for (let i = 0; i < candidates.length; i++) {
    const policy = snapshot.policies[candidates[i] as number];
    if (policy !== undefined && holds(policy.match, request, normal)) return policy;
  }
  return undefined;
}

function holds(match: MatchConditions, request: AuthzRequest, normal: NormalRequest): boolean {
  if (match.methods?.has(normal.method) === false) return false;
  if (match.schemes?.has(normal.scheme) === false) return false;
  if (match.extensions?.has(extensionOf(normal.path)) === false) return false;
  if (match.paths?.matches(normal.path) === false) return false;
  return match.clientIps?.has(request.clientIp) !== false;
}
