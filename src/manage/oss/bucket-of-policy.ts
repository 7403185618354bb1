import type { PolicySource } from '../../rules/validate/schema.js';
import type { BucketReferer } from './bucket-referer.js';
import { itemText } from './list-items.js';

/**
 * What GetBucketReferer tells of a policy. One that was edited by hand may say what the API has no words for; then the
 * answer is the nearest true one:
 *
 * - `empty`: true where a request passes that has no Referer header and no other evidence of where it comes from, as
 *   if there were an allow list. So `verify` is what its fallback is, and `{ absent, blank }` what `absent` is.
 * - A list elsewhere is told as its text in the rule file: `{ preset: search-engines }`.
 * - In the host dialect, which knows no truncation: the defaults of the API.
 */
export function bucketOfPolicy({ referer }: PolicySource): BucketReferer {
  const { allow = [], deny = [], truncateQuery = true, truncatePath = false } = referer;
  return {
    allowEmptyReferer: passesEmpty(referer),
    allowTruncateQueryString: truncateQuery,
    truncatePath,
    refererList: allow.map(itemText),
    refererBlacklist: deny.map(itemText),
  };
}

function passesEmpty({ empty = 'deny', verifyFallback = 'allow' }: PolicySource['referer']): boolean {
  const absent = typeof empty === 'string' ? empty : (empty.absent ?? 'deny');
  return (absent === 'verify' ? verifyFallback : absent) === 'allow';
}
