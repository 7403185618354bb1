import type { ManageRequest } from '../manage-request.js';
import { sameText } from '../same-text.js';
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

/** Whether a client sends a secret as its id: id and secret are easily mixed up, and ids are written into logs. */
export function isSomeSecret(id: string, { accessKeys }: ManageSettings): boolean {
  return !accessKeys.has(id) && [...accessKeys.values()].some(({ secret }) => sameText(secret, id));
}

/** Why an id is unknown, if it is nearly a known one. For the log. */
export function keyCause(id: string, settings: ManageSettings): string | undefined {
  if (isSomeSecret(id, settings)) {
    return 'the client sends a secret as the id of its access key: swap the two, and make a new secret, since this one went over the wire';
  }
  const near = [...settings.accessKeys.keys()].find((known) => known.trim().toLowerCase() === id.toLowerCase());
  return near === undefined ? undefined : `the settings know "${near}": ids are case-sensitive, and white space counts`;
}
