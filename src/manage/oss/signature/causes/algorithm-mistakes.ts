import { createHmac } from 'node:crypto';
import type { AuthorizationV4 } from '../authorization.js';
import { signatureOf } from '../signature.js';
import { stringToSign } from '../string-to-sign.js';
import type { Mistake, WrongSignature } from './wrong-signature.js';

/** The right text and the right secret, but another digest, another key of the day, or another spelling of the result. */
export function algorithmMistakes({ parts, authorization, key }: WrongSignature): Mistake[] {
  const made = stringToSign(parts, authorization);
  const right = signatureOf(made, key.secret, authorization);
  return [
    ...spellings(right, authorization.version === 'V4').map((signature) => ({ signature, cause: otherSpelling })),
    { signature: key.secret, cause: secretItself },
    ...digests(made.text, key.secret).map((signature) => ({ signature, cause: otherDigest })),
    ...(authorization.version === 'V4' ? regions(authorization) : []),
  ];
}

const otherSpelling =
  'the signature is right but written in another way: V1 and V2 write it in base64, V4 in lower-case hexadecimal';
const secretItself =
  'the client sends the secret itself as its signature: make a new secret, since this one went over the wire';
const otherDigest =
  'the text is right but signed otherwise: V1 is HMAC-SHA1, V2 HMAC-SHA256, V4 HMAC-SHA256 with a key made for the day';

function spellings(right: string, isHex: boolean): string[] {
  const bytes = Buffer.from(right, isHex ? 'hex' : 'base64');
  const base64 = bytes.toString('base64');
  const hex = bytes.toString('hex');
  return [
    hex,
    hex.toUpperCase(),
    base64,
    bytes.toString('base64url'),
    base64.replace(/=+$/, ''),
    encodeURIComponent(base64),
  ];
}

function digests(text: string, secret: string): string[] {
  return (['sha1', 'sha256'] as const).flatMap((algorithm) => {
    const digest = createHmac(algorithm, secret).update(text, 'latin1').digest();
    return [digest.toString('base64'), digest.toString('hex')];
  });
}

/** Signed with another region than the credential says. */
function regions(authorization: AuthorizationV4): Mistake[] {
  const { region } = authorization;
  const others = [region.replace(/^oss-/, ''), `oss-${region}`, '', 'cn-hangzhou'].filter((other) => other !== region);
  return others.map((other) => ({
    cause: `the client signs with the region "${other}", and its credential says another: use one, without "oss-"`,
    authorization: { ...authorization, region: other },
  }));
}
