import type { ManageContext } from '../manage-context.js';
import type { ManageRequest } from '../manage-request.js';
import type { AccessKey, Bucket } from '../settings/manage-settings.js';
import type { BucketAddress } from './bucket-address.js';

/** A call of which nothing is known but where it points. */
export interface IncomingCall {
  readonly request: ManageRequest;
  /** Of the answer, and of what is logged of the call. */
  readonly requestId: string;
  readonly address: BucketAddress;
  readonly context: ManageContext;
}

/** A call that its key may make. */
export interface OssCall extends Omit<IncomingCall, 'address'> {
  readonly accessKey: AccessKey;
  readonly bucket: Bucket;
}

/** What the answer to a call that was done holds beside what every answer does. */
export interface OssDone {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
