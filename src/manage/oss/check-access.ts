import type { AccessKey, Bucket, ManageSettings } from '../settings/manage-settings.js';
import { roleFor } from '../settings/role-for.js';
import type { OssFault } from './oss-fault.js';

/** A call whose signature holds. */
export interface SignedCall {
  readonly accessKey: AccessKey;
  /** The name that the call gives; perhaps nobody's. */
  readonly bucket: string;
  /** Upper case. */
  readonly method: string;
}

/**
 * The bucket of a call, if there is one, and its key may do with it what the method stands for: any other than GET and
 * HEAD is a change, whatever it would change.
 */
export function checkAccess(call: SignedCall, settings: ManageSettings): Bucket | OssFault {
  const bucket = settings.buckets.get(call.bucket);
  if (bucket === undefined) return NO_SUCH_BUCKET;
  const role = roleFor(bucket.name, call.accessKey.buckets);
  if (role === undefined) return denied(`The access key has no right to the bucket "${bucket.name}".`);
  if (call.method === 'GET' || call.method === 'HEAD') return bucket;
  if (role === 'viewer') return denied(`The access key may view the bucket "${bucket.name}", not change it.`);
  if (settings.readOnly) return denied('The service takes no changes now: its settings say readOnly.');
  return bucket;
}

const NO_SUCH_BUCKET: OssFault = { code: 'NoSuchBucket', message: 'The specified bucket does not exist.' };

function denied(message: string): OssFault {
  return { code: 'AccessDenied', message };
}
