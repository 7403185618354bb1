import type { AuthzRequest } from '../model/authz-request.js';
import type { Decision } from '../model/decision.js';
import type { Policy } from '../model/policy.js';
import type { RefererVerdict, Snapshot } from '../model/snapshot.js';
import { cacheKey } from './decision-cache.js';
import { exemption } from './exemption.js';
import { judgeEmpty, judgeReferer, judgeUnreadable } from './judge-referer.js';
import { type NormalRequest, normaliseRequest } from './normalise-request.js';
import { readReferer } from './read-referer.js';
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
    return policy === undefined ? noPolicy(snapshot) : decideByPolicy(snapshot, policy, request, normal);
  }
  const named = snapshot.byName.get(policyName);
  // A typing mistake in the proxy's configuration must not open the door.
  return named === undefined ? unknownPolicy(snapshot) : decideByPolicy(snapshot, named, request, normal);
}

function decideByPolicy(snapshot: Snapshot, policy: Policy, request: AuthzRequest, normal: NormalRequest): Decision {
  const exempt = exemption(policy.exempt, request, normal);
  if (exempt !== undefined) return underPolicy(snapshot, policy, exemptVerdict(exempt));
  return underPolicy(snapshot, policy, checkReferer(snapshot, policy, request, normal));
}

function checkReferer(
  snapshot: Snapshot,
  policy: Policy,
  request: AuthzRequest,
  normal: NormalRequest,
): RefererVerdict {
  const header = readReferer(request.headers.get('referer'));
  switch (header.kind) {
    case 'absent':
      return judgeEmpty(policy.referer.absent);
    case 'blank':
      return judgeEmpty(policy.referer.blank);
    case 'unreadable':
      return judgeUnreadable(policy.referer);
    case 'text':
      return judgeText(snapshot, policy, normal.host, header.text);
  }
}

function judgeText({ cache }: Snapshot, policy: Policy, host: string, text: string): RefererVerdict {
  const key = cache && cacheKey(policy, host, text);
  if (cache === undefined || key === undefined) return judgeReferer(policy.referer, host, text);
  const known = cache.get(key);
  if (known !== undefined) return known;
  const verdict = judgeReferer(policy.referer, host, text);
  cache.set(key, verdict);
  return verdict;
}

/** Shadow mode changes what the proxy is told and nothing else: logs and metrics keep the true verdict. */
function underPolicy(snapshot: Snapshot, policy: Policy, verdict: RefererVerdict): Decision {
  const mode = snapshot.shadow ? 'shadow' : policy.mode;
  return {
    action: verdict.action,
    reason: verdict.reason,
    step: verdict.step,
    policy,
    entry: verdict.entry,
    refererHost: verdict.refererHost,
    mode,
    passes: verdict.action === 'allow' || mode === 'shadow',
    generation: snapshot.generation,
  };
}

function exemptVerdict(reason: RefererVerdict['reason']): RefererVerdict {
  return { step: 2, action: 'allow', reason, entry: '', refererHost: '' };
}

function noPolicy({ defaultAction, generation }: Snapshot): Decision {
  return {
    ...withoutPolicy,
    reason: 'no_policy',
    action: defaultAction,
    passes: defaultAction === 'allow',
    generation,
  };
}

/** Never softened by shadow mode: it is a fault of the proxy's configuration, not a verdict of a policy. */
function unknownPolicy({ generation }: Snapshot): Decision {
  return { ...withoutPolicy, reason: 'unknown_policy', action: 'deny', passes: false, generation };
}

const withoutPolicy = { step: 1, policy: undefined, entry: '', refererHost: '', mode: '' } as const;
