import { sameText } from '../same-text.js';
import { withoutSpace, withSpace } from '../spaced-secrets.js';
import type { CallSignature } from './call-signature.js';

/** Which of the usual causes a wrong signature has, and what to do. */
export function signatureCause(call: CallSignature, secret: string): string {
  const mistake = call.mistakes().find((each) => sameText(each.sign(secret), call.signature));
  if (mistake !== undefined) return mistake.cause;
  const expected = call.expected();
  const spaced = [...withSpace(secret), ...withoutSpace(secret)];
  if (spaced.some((each) => sameText(expected.sign(each), call.signature))) {
    return 'the secret has white space around it, in the client or in the settings: remove it';
  }
  return nothingFits;
}

const nothingFits =
  'none of the usual mistakes fits, so the secret is probably another one: compare it with that of the settings. If it is the same, lay the string to sign of the answer beside the one that the client makes';
