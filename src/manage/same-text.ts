import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Of this process, so that nobody can aim at digests that begin alike. */
const DIGEST_KEY = randomBytes(32);

/**
 * Whether two texts are the same, in a time that tells nothing of where they differ. Their digests are compared, so
 * texts of different lengths are no special case. For secrets, tokens and signatures.
 */
export function sameText(one: string, other: string): boolean {
  return timingSafeEqual(digestOf(one), digestOf(other));
}

function digestOf(text: string): Buffer {
  return createHmac('sha256', DIGEST_KEY).update(text).digest();
}
