import type { PolicySource } from '../../rules/validate/schema.js';
import type { Bucket } from '../settings/manage-settings.js';
import type { BucketReferer } from './bucket-referer.js';
import { listItem } from './list-items.js';

type Referer = PolicySource['referer'];
type OnDeny = NonNullable<PolicySource['onDeny']>;

/**
 * The policy of a bucket after a PutBucketReferer. Of what is there it replaces what the call is about, and what cannot
 * stand beside that: `verifyFallback`, which only `empty: verify` may have. Everything else is kept.
 *
 * @param current - the policy that is there, if any
 */
export function policyOfBucket(
  bucket: Bucket,
  referer: BucketReferer,
  current: PolicySource | undefined,
): PolicySource {
  return {
    ...current,
    name: bucket.policy,
    match: { ...current?.match, hosts: [...bucket.hosts] },
    referer: refererOf(referer, current?.referer),
    onDeny: onDenyOf(current?.onDeny),
  };
}

function refererOf(referer: BucketReferer, current: Referer | undefined): Referer {
  const { verifyFallback: _fallback, deny: currentDeny, ...kept } = current ?? {};
  const deny = referer.refererBlacklist.map((text) => listItem(text, currentDeny));
  return {
    ...kept,
    dialect: 'oss',
    allow: referer.refererList.map((text) => listItem(text, current?.allow)),
    ...(deny.length > 0 && { deny }),
    empty: referer.allowEmptyReferer ? 'allow' : 'deny',
    truncateQuery: referer.allowTruncateQueryString,
    truncatePath: referer.truncatePath,
    allowSelf: false,
  };
}

/** The document of OSS has no place beside an answer that somebody wrote by hand, which is kept. */
function onDenyOf(current: OnDeny = {}): OnDeny {
  const { body, contentType, redirect } = current;
  const isTaken = body !== undefined || contentType !== undefined || redirect !== undefined;
  return isTaken ? current : { ...current, format: 'oss-xml' };
}
