import type { DenyAnswer, Policy } from '../model/policy.js';

/** What a denied client gets where no policy says it: under `--default-action deny`, and for an unknown policy. */
const denyWithoutPolicy: DenyAnswer = {
  status: 403,
  location: undefined,
  headers: [
    ['content-type', 'text/plain; charset=utf-8'],
    ['cache-control', 'no-store'],
    ['vary', 'referer'],
  ],
  body: 'Forbidden\n',
};

/** The answer to a request denied by a policy or by none, the same for every transport. */
export function denyAnswer(policy: Policy | undefined): DenyAnswer {
  return policy?.onDeny ?? denyWithoutPolicy;
}

/**
 * What the answer to a passed request varies by, as one `vary` value; `undefined` when no policy covers it. A cache
 * that knows the image but not this would hand it to the next visitor whatever his Referer.
 */
export function varyOnAllow(policy: Policy | undefined): string | undefined {
  return policy?.headersRead.join(', ');
}
