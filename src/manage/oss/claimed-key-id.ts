import { isSomeSecret } from '../claimed-key.js';
import type { ManageRequest } from '../manage-request.js';
import type { ManageSettings } from '../settings/manage-settings.js';
import { parseAuthorization } from './signature/authorization.js';

/**
 * The access key that a call says it is signed with, whether or not it is; `undefined` where it says none that could be
 * shown.
 */
export function claimedKeyId(request: ManageRequest, settings: ManageSettings): string | undefined {
  const values = request.headers.get('authorization') ?? [];
  const authorization = values.length === 0 ? undefined : parseAuthorization(values);
  if (authorization === undefined || 'code' in authorization) return undefined;
  return isSomeSecret(authorization.accessKeyId, settings) ? undefined : authorization.accessKeyId;
}
