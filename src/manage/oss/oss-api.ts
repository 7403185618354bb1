import { ossRequestId } from '../../transport/oss-error-document.js';
import type { ManageAnswer } from '../manage-answer.js';
import type { ManageContext } from '../manage-context.js';
import type { ManageRequest } from '../manage-request.js';
import type { AccessKey, Bucket } from '../settings/manage-settings.js';
import { answerHeaders } from './answer-headers.js';
import { authenticate } from './authenticate.js';
import { TOO_MANY_FAILURES } from './authentication-faults.js';
import { bucketAddress } from './bucket-address.js';
import { checkAccess } from './check-access.js';
import { claimedKeyId } from './claimed-key-id.js';
import { faultAnswer } from './fault-answer.js';
import { findOperation, type OssOperation } from './find-operation.js';
import { getBucketReferer } from './get-bucket-referer.js';
import type { IncomingCall, OssCall, OssDone } from './oss-call.js';
import type { OssFault } from './oss-fault.js';
import { putBucketReferer } from './put-bucket-referer.js';

/**
 * The part of the Alibaba OSS API that sets the hotlink protection of a bucket. A call is looked at in the order of OSS:
 * who calls, which bucket, with which right, what is asked, and only then the body.
 */
export function ossApi(context: ManageContext): (request: ManageRequest) => Promise<ManageAnswer> {
  return async (request) => {
    const address = bucketAddress(request, context.settings());
    const requestId = ossRequestId();
    const scope = { request, requestId, started: performance.now(), bucket: address.bucket };
    const done = await answered({ request, requestId, address, context });
    if ('code' in done) return faultAnswer(done, scope);
    return { status: 200, headers: { ...answerHeaders(scope), ...done.headers }, body: done.body };
  };
}

async function answered(incoming: IncomingCall): Promise<OssDone | OssFault> {
  const done = await attempt(incoming).catch((error: unknown) => {
    incoming.context.internalError(error);
    return INTERNAL_ERROR;
  });
  if ('code' in done) auditRefusal(done, incoming);
  return done;
}

/** In what is thrown there may be anything, so nothing of it is told. */
const INTERNAL_ERROR: OssFault = {
  code: 'InternalError',
  message: 'The service has made a mistake; its log says more.',
};

const OPERATIONS: Readonly<Record<OssOperation, (call: OssCall) => Promise<OssDone | OssFault>>> = {
  GetBucketReferer: getBucketReferer,
  PutBucketReferer: putBucketReferer,
};

async function attempt(incoming: IncomingCall): Promise<OssDone | OssFault> {
  const { request, requestId, context } = incoming;
  const accessKey = await authenticate(incoming);
  if ('code' in accessKey) return accessKey;
  if (!context.limits.admit('key', accessKey.id)) return TOO_MANY;
  const bucket = findBucket(incoming, accessKey);
  if ('code' in bucket) return bucket;
  const operation = findOperation(request);
  if (typeof operation !== 'string') return operation;
  return OPERATIONS[operation]({ request, requestId, accessKey, bucket, context });
}

const TOO_MANY: OssFault = {
  code: 'QpsLimitExceeded',
  message: 'Too many calls with this access key. Wait a second, and try again.',
};

function findBucket({ request, address, context }: IncomingCall, accessKey: AccessKey): Bucket | OssFault {
  // ListBuckets is of no bucket, and lacks nothing but our support.
  if (address.bucket === undefined) return unsupported(request) ?? address.fault;
  return checkAccess({ accessKey, bucket: address.bucket, method: request.method }, context.settings());
}

function unsupported(request: ManageRequest): OssFault | undefined {
  const operation = findOperation(request);
  return typeof operation === 'string' ? undefined : operation;
}

/**
 * Reads are no changes, what is no operation of ours would have changed nothing, and strangers who flood the service
 * shall not flood its log.
 */
function auditRefusal(fault: OssFault, { request, requestId, address, context }: IncomingCall): void {
  const action = findOperation(request);
  if (action !== 'PutBucketReferer' || fault === TOO_MANY_FAILURES) return;
  const settings = context.settings();
  const by = { actor: claimedKeyId(request, settings), action, client: request.client, requestId };
  const policy = settings.buckets.get(address.bucket ?? '')?.policy;
  context.audit.refused(by, { policy, target: address.bucket, code: fault.code, detail: fault.message });
}
