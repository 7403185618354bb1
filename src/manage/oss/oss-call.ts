import type { ManageContext } from '../manage-context.js';
import type { ManageRequest } from '../manage-request.js';
import type { AccessKey, Bucket } from '../settings/manage-settings.js';

/** A call that its key may make. */
export interface OssCall {
  readonly request: ManageRequest;
  readonly accessKey: AccessKey;
  readonly bucket: Bucket;
  readonly context: ManageContext;
}

/** What the answer to a call that was done holds beside what every answer does. */
export interface OssDone {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
