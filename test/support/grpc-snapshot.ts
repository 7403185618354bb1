import type { Decision } from '#refgate/model/decision.js';
import type { DenyAnswer, Policy } from '#refgate/model/policy.js';
import { policy } from './policy-builder.js';

const VARY = ['vary', 'referer, user-agent'] as const;

export const FORBIDDEN: DenyAnswer = {
  status: 403,
  location: undefined,
  headers: [['content-type', 'text/plain'], ['cache-control', 'no-store'], VARY],
  body: 'Kein Hotlinking, bitte: ü\n',
};

export const REDIRECT: DenyAnswer = {
  status: 302,
  location: 'https://shop.example/hotlink.png?from=refgate',
  headers: [['cache-control', 'no-store'], VARY],
  body: '',
};

export const LEGAL: DenyAnswer = {
  status: 451,
  location: undefined,
  headers: [['cache-control', 'private'], VARY],
  body: '',
};

/** A compiled policy whose lists match nothing: answers depend on its name, `onDeny` and `headersRead` alone. */
export function policyOf(name: string, position: number, onDeny: DenyAnswer): Policy {
  return policy({ name, onDeny, headersRead: ['referer', 'user-agent'] }, position);
}

/** An allow by an entry, but for what is given. */
export function decisionOf(parts: Partial<Decision> = {}): Decision {
  return {
    action: 'allow',
    reason: 'allow_list',
    step: 6,
    policy: undefined,
    entry: 'shop.example',
    host: 'cdn.shop.example',
    refererHost: 'www.shop.example',
    mode: 'enforce',
    passes: true,
    generation: 7,
    ...parts,
  };
}
