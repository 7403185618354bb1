import { createHmac } from 'node:crypto';
import { sameText } from '../../same-text.js';
import type { Authorization, AuthorizationV4 } from './authorization.js';
import type { SignedParts } from './signed-parts.js';
import { type StringToSign, stringToSign } from './string-to-sign.js';

/** The signature that a secret gives. */
export function signatureOf({ text }: StringToSign, secret: string, authorization: Authorization): string {
  switch (authorization.version) {
    case 'V1':
      return createHmac('sha1', secret).update(text, 'latin1').digest('base64');
    case 'V2':
      return createHmac('sha256', secret).update(text, 'latin1').digest('base64');
    case 'V4':
      return createHmac('sha256', signingKey(secret, authorization)).update(text, 'latin1').digest('hex');
  }
}

/** Whether the signature that came is the one that this secret gives, in constant time. */
export function isSignedBy(secret: string, parts: SignedParts, authorization: Authorization): boolean {
  return sameText(signatureOf(stringToSign(parts, authorization), secret, authorization), authorization.signature);
}

/** A key for one day, region and product. */
function signingKey(secret: string, { day, region }: AuthorizationV4): Buffer {
  return [day, region, 'oss', 'aliyun_v4_request'].reduce<Buffer>(
    (key, step) => createHmac('sha256', key).update(step, 'latin1').digest(),
    Buffer.from(`aliyun_v4${secret}`),
  );
}
