import { textOfBytes } from '../bytes/text-of-bytes.js';
import type { OssFault } from './oss-fault.js';
import type { Authorization } from './signature/authorization.js';
import type { SignedParts } from './signature/signed-parts.js';
import { stringToSign } from './signature/string-to-sign.js';

export const ANONYMOUS: OssFault = {
  code: 'AccessDenied',
  message: 'The call is not signed: it has no Authorization header. Give the client an access key.',
};

export const PRESIGNED: OssFault = {
  code: 'AccessDenied',
  message: 'Presigned URLs are not accepted here. Sign the call in its Authorization header.',
};

/** The id is not repeated: some clients are given the secret in its place. */
export const UNKNOWN_KEY: OssFault = {
  code: 'InvalidAccessKeyId',
  message: 'The OSS Access Key Id you provided does not exist in our records.',
};

export const TOO_MANY_FAILURES: OssFault = {
  code: 'QpsLimitExceeded',
  message: 'Too many calls of this address could not be authenticated. Wait a while, and check its access key.',
};

export const WHOLE_SERVICE: OssFault = {
  code: 'OperationNotSupported',
  message: 'The call is of no bucket. This service supports GET and PUT of the sub-resource "referer" of a bucket.',
};

/** Shows what was signed here, so that it can be laid beside what the client signed (Alibaba OSS does the same). */
export function wrongSignature(parts: SignedParts, authorization: Authorization): OssFault {
  const { text, canonicalRequest } = stringToSign(parts, authorization);
  return {
    code: 'SignatureDoesNotMatch',
    message:
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    details: {
      OSSAccessKeyId: authorization.accessKeyId,
      SignatureProvided: authorization.signature,
      StringToSign: textOfBytes(text),
      ...(canonicalRequest === undefined ? {} : { CanonicalRequest: textOfBytes(canonicalRequest) }),
    },
  };
}
