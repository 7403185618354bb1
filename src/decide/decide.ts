import type { AuthzRequest } from '../model/authz-request.js';
import type { Decision } from '../model/decision.js';
import type { Policy } from '../model/policy.js';
import type { RefererVerdict, Snapshot } from '../model/snapshot.js';
import { checkReferer } from './check-referer.js';
import { exemption } from './exemption.js';
import { type NormalRequest, normaliseRequest } from './normalise-request.js';
import { selectPolicy } from './select-policy.js';

/**
 * Whether the request may pass, and why. Every transport and tool decides through this function and no other.
 *
 * Pure but for the snapshot's cache, synchronous, and total: every request gets a decision.
 */
export function decide(snapshot: Snapshot, request: AuthzRequest): Decision {
  const normal = normaliseRequest(request);
  const { policyName } = request;
  if (policyName === undefined) {
    const policy = selectPolicy(snapshot, request, normal);
    return policy === undefined ? noPolicy(snapshot, normal) : decideByPolicy(snapshot, policy, request, normal);
  }
  const named = snapshot.byName.get(policyName);
  // A typing mistake in the proxy's configuration must not open the door.
  return named === undefined ? unknownPolicy(snapshot, normal) : decideByPolicy(snapshot, named, request, normal);
}

function decideByPolicy(snapshot: Snapshot, policy: Policy, request: AuthzRequest, normal: NormalRequest): Decision {
  const exempt = exemption(policy.exempt, request, normal);
  if (exempt !== undefined) return underPolicy(snapshot, policy, exemptVerdict(exempt), normal);
  return underPolicy(snapshot, policy, checkReferer(snapshot, policy, request, normal.host), normal);
}

/** Shadow mode changes what the proxy is told and nothing else: logs and metrics keep the true verdict. */
function underPolicy(snapshot: Snapshot, policy: Policy, verdict: RefererVerdict, { host }: NormalRequest): Decision {
  const mode = snapshot.shadow ? 'shadow' : policy.mode;
  return {
    action: verdict.action,
    reason: verdict.reason,
    step: verdict.step,
    policy,
    entry: verdict.entry,
    host,
    refererHost: verdict.refererHost,
    mode,
    passes: verdict.action === 'allow' || mode === 'shadow',
    generation: snapshot.generation,
  };
}

function exemptVerdict(reason: RefererVerdict['reason']): RefererVerdict {
  return { step: 2, action: 'allow', reason, entry: '', refererHost: '' };
}

function noPolicy({ defaultAction, generation }: Snapshot, { host }: NormalRequest): Decision {
  return {
    ...withoutPolicy,
    reason: 'no_policy',
    action: defaultAction,
    host,
    passes: defaultAction === 'allow',
    generation,
  };
}

/** Never softened by shadow mode: it is a fault of the proxy's configuration, not a verdict of a policy. */
function unknownPolicy({ generation }: Snapshot, { host }: NormalRequest): Decision {
  return { ...withoutPolicy, reason: 'unknown_policy', action: 'deny', host, passes: false, generation };
}

const withoutPolicy = { step: 1, policy: undefined, entry: '', refererHost: '', mode: '' } as const;
