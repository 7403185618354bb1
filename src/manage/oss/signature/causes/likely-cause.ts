import { sameText } from '../../../same-text.js';
import { signatureOf } from '../signature.js';
import { stringToSign } from '../string-to-sign.js';
import { algorithmMistakes } from './algorithm-mistakes.js';
import { bucketMistakes } from './bucket-mistakes.js';
import { dateMistakes } from './date-mistakes.js';
import { headerMistakes } from './header-mistakes.js';
import { requestLineMistakes } from './request-line-mistakes.js';
import { secretMistakes } from './secret-mistakes.js';
import type { Mistake, WrongSignature } from './wrong-signature.js';

/**
 * What a wrong signature most likely comes from: the usual mistakes are made one after the other until one gives the
 * signature that came. They are at most some hundreds, a few milliseconds; who fails often is not given that time. The
 * outcome is for the log: to the caller it would say too much about the secret.
 */
export function likelyCause(wrong: WrongSignature): string {
  const tried = [bucketMistakes, secretMistakes, dateMistakes, headerMistakes, requestLineMistakes, algorithmMistakes];
  for (const mistakes of tried) {
    const fitting = mistakes(wrong).find((mistake) => fits(mistake, wrong));
    if (fitting !== undefined) return fitting.cause;
  }
  return nothingFits;
}

const nothingFits =
  'none of the usual mistakes fits, so the secret is probably another one: compare it with that of the settings. If it is the same, lay the StringToSign of the answer beside the one that the client logs';

function fits(mistake: Mistake, { authorization, parts, key }: WrongSignature): boolean {
  const { signature = signatureBy({ authorization, parts, secret: key.secret, ...mistake }) } = mistake;
  return sameText(signature, authorization.signature);
}

function signatureBy({
  authorization,
  parts,
  secret,
}: Required<Pick<Mistake, 'authorization' | 'parts' | 'secret'>>): string {
  return signatureOf(stringToSign(parts, authorization), secret, authorization);
}
