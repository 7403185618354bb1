import type { DenyAnswer, Mode, Policy } from '#refgate/model/policy.js';
import type { Snapshot } from '#refgate/model/snapshot.js';
import { policy, undecidingSnapshot } from './policy-builder.js';

const vary = ['vary', 'referer, user-agent'] as const;

const forbidden: DenyAnswer = {
  status: 403,
  location: undefined,
  headers: [['content-type', 'text/plain'], ['cache-control', 'no-store'], vary],
  body: 'Hotlinking is not allowed\n',
};

const redirect: DenyAnswer = {
  status: 302,
  location: 'https://shop.example/hotlink.png',
  headers: [['cache-control', 'no-store'], vary],
  body: '',
};

const teapot: DenyAnswer = {
  status: 418,
  location: undefined,
  headers: [
    ['content-type', 'text/plain; charset=utf-8'],
    ['cache-control', 'private'],
    vary,
    ['x-note', 'Grüße, 世界'],
  ],
  body: 'Kännchen\n',
};

/** What no loader lets through: Node does not write it. */
const unwritable: DenyAnswer = { ...forbidden, headers: [['x-note', 'a\x01b']] };

/** Headers that belong to whoever writes the message. */
const framing: DenyAnswer = {
  ...forbidden,
  headers: [...forbidden.headers, ['content-length', '3'], ['transfer-encoding', 'chunked'], ['connection', 'close']],
};

/** Policies by the host that they cover. */
export const policies: ReadonlyMap<string, Policy> = new Map([
  ['images.example', policyOf('images', 'enforce', forbidden, 0)],
  ['redirect.example', policyOf('redirected', 'enforce', redirect, 1)],
  ['shadow.example', policyOf('shadowed', 'shadow', forbidden, 2)],
  ['teapot.example', policyOf('teapot', 'enforce', teapot, 3)],
  ['unwritable.example', policyOf('unwritable', 'enforce', unwritable, 4)],
  ['framing.example', policyOf('framing', 'enforce', framing, 5)],
]);

/** A snapshot in the shape of a real one, whose lists match nothing. */
export function snapshotOf(defaultAction: 'allow' | 'deny'): Snapshot {
  return undecidingSnapshot([...policies.values()], { defaultAction, entries: 5 });
}

function policyOf(name: string, mode: Mode, onDeny: DenyAnswer, position: number): Policy {
  return policy({ name, mode, onDeny, headersRead: ['referer', 'user-agent'] }, position);
}
