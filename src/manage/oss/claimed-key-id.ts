import type { ManageRequest } from '../manage-request.js';
import { parseAuthorization } from './signature/authorization.js';

/** The access key that a call says it is signed with, whether or not it is; `undefined` where it says none. */
export function claimedKeyId(request: ManageRequest): string | undefined {
  const values = request.headers.get('authorization') ?? [];
  const authorization = values.length === 0 ? undefined : parseAuthorization(values);
  return authorization === undefined || 'code' in authorization ? undefined : authorization.accessKeyId;
}
