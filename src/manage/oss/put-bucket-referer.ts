import type { BucketReferer } from './bucket-referer.js';
import { changeFault } from './change-fault.js';
import type { OssCall, OssDone } from './oss-call.js';
import type { OssFault } from './oss-fault.js';
import { policyOfBucket } from './policy-of-bucket.js';
import { readBucketReferer } from './read-bucket-referer.js';
import { readPutBody } from './read-put-body.js';

/**
 * Alibaba OSS: PutBucketReferer. The body is the whole configuration: what it does not say is reset. Answered when it is
 * durable and in force in this instance.
 */
export async function putBucketReferer(call: OssCall): Promise<OssDone | OssFault> {
  const body = await readPutBody(call.request);
  if (typeof body !== 'string') return body;
  const referer = await readBucketReferer(body);
  return 'code' in referer ? referer : change(call, referer);
}

async function change(call: OssCall, referer: BucketReferer): Promise<OssDone | OssFault> {
  const { accessKey, bucket, context, request, requestId } = call;
  const outcome = await context.policies.change<never>({
    names: [bucket.policy],
    edit: (current) => {
      const policy = policyOfBucket(bucket, referer, current.get(bucket.policy));
      return { next: new Map([[bucket.policy, policy]]) };
    },
  });
  if (outcome.kind === 'refused') return outcome.refusal;
  if (outcome.kind !== 'changed') return changeFault(outcome, referer);
  const by = { actor: accessKey.id, action: 'PutBucketReferer', client: request.client, requestId };
  context.audit.changed(by, outcome.changes, outcome.generation);
  return { headers: { 'x-refgate-generation': String(outcome.generation) }, body: '' };
}
