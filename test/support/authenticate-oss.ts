import type { ManageRequest } from '#refgate/manage/manage-request.js';
import { authenticate } from '#refgate/manage/oss/authenticate.js';
import { bucketAddress } from '#refgate/manage/oss/bucket-address.js';
import type { OssFault } from '#refgate/manage/oss/oss-fault.js';
import type { AccessKey } from '#refgate/manage/settings/manage-settings.js';
import { type AuthenticationContext, authenticationContext } from './authentication-context.js';
import { type RawRequest, toManageRequest } from './sign-oss.js';

/** The id of every request. */
export const testRequestId = '0123456789ABCDEF01234567';

/** Finds the bucket and who calls, as the API does before anything else. */
function authenticated(
  request: ManageRequest,
  context: AuthenticationContext = authenticationContext(),
): Promise<AccessKey | OssFault> {
  const address = bucketAddress(request, context.settings());
  return authenticate({ request, requestId: testRequestId, address, context });
}

/** The id of the key that signed, or the code of the fault. */
export async function outcomeOf(request: ManageRequest, context?: AuthenticationContext): Promise<string> {
  const outcome = await authenticated(request, context);
  return 'code' in outcome ? outcome.code : outcome.id;
}

/** The fault of a request that must not be believed. */
export async function faultOf(raw: RawRequest, context?: AuthenticationContext): Promise<OssFault> {
  const outcome = await authenticated(toManageRequest(raw), context);
  if (!('code' in outcome)) throw new Error(`${raw.method} ${raw.target} was believed to be from ${outcome.id}`);
  return outcome;
}
