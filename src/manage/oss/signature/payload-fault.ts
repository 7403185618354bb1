import { createHash } from 'node:crypto';
import type { ManageRequest } from '../../manage-request.js';
import type { OssFault } from '../oss-fault.js';
import type { Authorization } from './authorization.js';
import type { SignedParts } from './signed-parts.js';

/**
 * Why the body is not the one that was signed. V4 signs `x-oss-content-sha256`; all SDKs send `UNSIGNED-PAYLOAD`, which
 * says nothing of the body. A digest is held to its word. To be asked after the signature holds: it waits for the body.
 */
export async function payloadFault(
  request: ManageRequest,
  { headers }: SignedParts,
  { version }: Authorization,
): Promise<OssFault | undefined> {
  const stated = headers.get('x-oss-content-sha256') ?? '';
  if (version !== 'V4' || stated === '' || stated === 'UNSIGNED-PAYLOAD') return undefined;
  if (!/^[0-9a-f]{64}$/i.test(stated)) return noDigest;
  const body = await request.body();
  if (body === 'too-large') return tooLarge;
  return createHash('sha256').update(body).digest('hex') === stated.toLowerCase() ? undefined : otherBody;
}

const noDigest: OssFault = {
  code: 'InvalidArgument',
  message: 'x-oss-content-sha256 is neither UNSIGNED-PAYLOAD nor a SHA-256 in hexadecimal.',
};

const tooLarge: OssFault = { code: 'InlineDataTooLarge', message: 'The body is too large to be read.' };

const otherBody: OssFault = {
  code: 'InvalidDigest',
  ec: false,
  message: 'x-oss-content-sha256 is not the SHA-256 of the body: it was changed on its way, or another one was signed.',
};
