import type { PolicySource } from '../../rules/validate/schema.js';
import type { Domain } from '../settings/manage-settings.js';
import type { RefererList } from './referer-list.js';

/** Keys of `referer` that a list owns, and those that mean nothing, or another thing, beside them. */
const OWNED = new Set([
  ...['allow', 'deny', 'empty', 'exact', 'ignoreScheme', 'allowSelf'],
  ...['dialect', 'truncateQuery', 'truncatePath', 'verifyFallback'],
]);

/**
 * The policy of a domain once a list is set: overwritten whole, so that what the call does not say is as if it had never
 * been said. Keys that no argument stands for stay as somebody wrote them.
 */
export function policyOfList(domain: Domain, before: PolicySource | undefined, list: RefererList): PolicySource {
  const { onDeny: _, ...others } = before ?? {};
  const onDeny = onDenyOf(before?.onDeny, list.redirectUrl);
  return {
    ...others,
    name: domain.policy,
    match: { ...before?.match, hosts: [...domain.hosts] },
    referer: { ...refererOf(list), ...unowned(before?.referer) },
    ...(onDeny !== undefined && { onDeny }),
  };
}

function refererOf({ name, entries, allowEmpty, exact, ignoreScheme }: RefererList): PolicySource['referer'] {
  return {
    ...(name === 'referer_white_list_set' ? { allow: [...entries] } : { deny: [...entries] }),
    ...(allowEmpty !== undefined && { empty: allowEmpty ? 'allow' : 'deny' }),
    ...(exact !== undefined && { exact }),
    ...(ignoreScheme !== undefined && { ignoreScheme }),
    // A CDN does not know which of its Referers is a site's own.
    allowSelf: false,
  };
}

function unowned(referer: PolicySource['referer'] = {}): PolicySource['referer'] {
  return Object.fromEntries(Object.entries(referer).filter(([key]) => !OWNED.has(key)));
}

function onDenyOf(before: PolicySource['onDeny'], redirect: string | undefined): PolicySource['onDeny'] {
  const { redirect: _, ...others } = before ?? {};
  const onDeny = redirect === undefined ? others : { ...others, redirect };
  return Object.keys(onDeny).length === 0 ? undefined : onDeny;
}
