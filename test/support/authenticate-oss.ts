import type { ManageRequest } from '#refgate/manage/manage-request.js';
import { authenticate } from '#refgate/manage/oss/authenticate.js';
import { bucketAddress } from '#refgate/manage/oss/bucket-address.js';
import type { OssFault } from '#refgate/manage/oss/oss-fault.js';
import type { AccessKey } from '#refgate/manage/settings/manage-settings.js';
import { type AuthenticationContext, authenticationContext } from './authentication-context.js';

/** Finds the bucket and who calls, as the API does before anything else. */
export function authenticated(
  request: ManageRequest,
  context: AuthenticationContext = authenticationContext(),
): Promise<AccessKey | OssFault> {
  return authenticate(request, bucketAddress(request, context.settings()), context);
}

/** The id of the key that signed, or the code of the fault. */
export async function outcomeOf(request: ManageRequest, context?: AuthenticationContext): Promise<string> {
  const outcome = await authenticated(request, context);
  return 'code' in outcome ? outcome.code : outcome.id;
}
