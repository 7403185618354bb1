import type { ManageRequest } from '../../../manage-request.js';
import { likelyCause } from './likely-cause.js';
import type { WrongSignature } from './wrong-signature.js';

/** Characters of query and headers; the SDKs' calls have some hundreds. */
const LARGEST = 8_192;

/**
 * The likely cause of a wrong signature. Large calls are not looked at: what is signed is made anew for every mistake
 * that is tried.
 */
export async function causeOfWrongSignature(wrong: Omit<WrongSignature, 'body'>): Promise<string> {
  if (sizeOf(wrong.request) > LARGEST) return 'the call is too large for the usual mistakes to be tried';
  return likelyCause({ ...wrong, body: await bodyForDigest(wrong) });
}

function sizeOf({ rawQuery, headers }: ManageRequest): number {
  return [...headers].reduce((size, [name, values]) => size + name.length + values.join().length, rawQuery.length);
}

/** The body is of use only where its digest may have been taken away. One that does not arrive is none. */
async function bodyForDigest({ request, parts }: Omit<WrongSignature, 'body'>): Promise<Buffer | undefined> {
  if (request.method === 'GET' || parts.headers.has('content-md5')) return undefined;
  const body = await request.body().catch(() => 'too-large' as const);
  return body === 'too-large' ? undefined : body;
}
