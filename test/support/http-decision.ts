import type { Decision } from '#refgate/model/decision.js';
import type { Policy } from '#refgate/model/policy.js';
import { policies } from './http-snapshot.js';

export const imagesPolicy: Policy = named('images.example');
export const redirectPolicy: Policy = named('redirect.example');
export const shadowPolicy: Policy = named('shadow.example');

/** A deny by the images policy, but for what is given. */
export function decisionOf(given: Partial<Decision> = {}): Decision {
  return {
    action: 'deny',
    reason: 'not_in_allow_list',
    step: 7,
    policy: imagesPolicy,
    entry: '',
    host: 'cdn.shop.example',
    refererHost: 'evil.example',
    mode: 'enforce',
    passes: false,
    generation: 7,
    ...given,
  };
}

function named(host: string): Policy {
  const policy = policies.get(host);
  if (policy === undefined) throw new Error(`no policy covers ${host}`);
  return policy;
}
