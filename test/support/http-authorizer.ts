import type { AuthzRequest } from '#refgate/model/authz-request.js';
import type { Decision, Reason } from '#refgate/model/decision.js';
import type { Action, Policy } from '#refgate/model/policy.js';
import type { Snapshot } from '#refgate/model/snapshot.js';
import type { Authorizer } from '#refgate/transport/http/authorize.js';
import { policies, snapshotOf } from './http-snapshot.js';

/** An authorizer whose decisions anybody can foretell, and that remembers what it was asked and told. */
export class PredictableAuthorizer implements Authorizer {
  readonly requests: AuthzRequest[] = [];
  readonly observed: { decision: Decision; adapter: string; seconds: number }[] = [];
  readonly badRequests: string[] = [];
  readonly problems: string[] = [];
  readonly errors: unknown[] = [];
  trustedHops = 0;
  debugHeaders = false;
  defaultAction: Action = 'allow';

  current(): { snapshot: Snapshot } {
    return { snapshot: snapshotOf(this.defaultAction) };
  }

  decide(snapshot: Snapshot, request: AuthzRequest): Decision {
    this.requests.push(request);
    return decideByText(snapshot, request);
  }

  observe(decision: Decision, adapter: string, seconds: number): void {
    this.observed.push({ decision, adapter, seconds });
  }

  badRequest(adapter: string, problem: string): void {
    this.badRequests.push(adapter);
    this.problems.push(problem);
  }

  internalError(error: unknown): void {
    this.errors.push(error);
  }

  /** What the one request so far was read as. */
  get request(): AuthzRequest {
    const [request] = this.requests;
    if (request === undefined || this.requests.length > 1) throw new Error(`asked ${this.requests.length} times`);
    return request;
  }
}

/** Policy by the host, verdict by the Referer's text: `good` in it passes, `broken` in it is a fault of our own. */
export function decideByText(snapshot: Snapshot, request: AuthzRequest): Decision {
  const policy = policies.get(request.host);
  if (policy === undefined) return verdict(snapshot, undefined, snapshot.defaultAction, 'no_policy');
  const values = request.headers.get('referer') ?? [];
  const [referer = ''] = values;
  if (referer.includes('broken')) throw new Error('a fault of our own');
  if (values.length > 1) return verdict(snapshot, policy, 'deny', 'invalid_referer');
  if (referer === '') return verdict(snapshot, policy, 'deny', 'empty_denied');
  if (referer.includes('good')) return verdict(snapshot, policy, 'allow', 'allow_list');
  return verdict(snapshot, policy, 'deny', 'not_in_allow_list');
}

function verdict(snapshot: Snapshot, policy: Policy | undefined, action: Action, reason: Reason): Decision {
  const mode = policy?.mode ?? '';
  return {
    action,
    reason,
    step: policy === undefined ? 1 : 6,
    policy,
    entry: reason === 'allow_list' ? '*.good.example' : '',
    host: '',
    refererHost: '',
    mode,
    passes: action === 'allow' || mode === 'shadow',
    generation: snapshot.generation,
  };
}
