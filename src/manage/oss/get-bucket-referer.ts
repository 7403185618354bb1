import { bucketOfPolicy } from './bucket-of-policy.js';
import { NEVER_SET } from './bucket-referer.js';
import type { OssCall, OssDone } from './oss-call.js';
import type { OssFault } from './oss-fault.js';
import { writeBucketReferer } from './write-bucket-referer.js';

/** Alibaba OSS: GetBucketReferer. Tells the policy as the files say it now, wherever it is. */
export async function getBucketReferer({ bucket, context }: OssCall): Promise<OssDone | OssFault> {
  const read = await context.policies.read(bucket.policy);
  if (read.kind === 'unloadable') return UNREADABLE;
  const referer = read.kind === 'absent' ? NEVER_SET : bucketOfPolicy(read.policy);
  return { headers: { 'content-type': 'application/xml' }, body: writeBucketReferer(referer) };
}

const UNREADABLE: OssFault = {
  code: 'ServiceUnavailable',
  message: 'The rule file of the bucket cannot be read now. The log of the service says what is wrong with it.',
};
