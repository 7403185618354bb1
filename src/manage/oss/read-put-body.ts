import { createHash, timingSafeEqual } from 'node:crypto';
import { formatBytes } from '../../rules/limits.js';
import { LONGEST_BODY } from '../longest-body.js';
import { headerOf, type ManageRequest } from '../manage-request.js';
import { EC, type OssFault } from './oss-fault.js';

/** The body of a call as text, as it was meant: whole, as its `Content-MD5` says, and UTF-8. */
export async function readPutBody(request: ManageRequest): Promise<string | OssFault> {
  const body = await request.body();
  if (body === 'too-large' || body.length > LONGEST_BODY) {
    const message = `The body is longer than ${formatBytes(LONGEST_BODY)}.`;
    return { code: 'InlineDataTooLarge', message };
  }
  return checkDigest(headerOf(request, 'content-md5'), body) ?? decode(body);
}

/** RFC 1864: the base64 of the 16 bytes of an MD5. Optional, as most SDKs do not send it. */
function checkDigest(given: string | undefined, body: Buffer): OssFault | undefined {
  if (given === undefined) return undefined;
  const claimed = Buffer.from(given, 'base64');
  if (claimed.length !== 16 || claimed.toString('base64') !== given) {
    const message = 'The Content-MD5 you specified is no base64 of an MD5.';
    return { code: 'InvalidDigest', ec: EC.digestUnreadable, message, details: { 'Content-MD5': given } };
  }
  const actual = createHash('md5').update(body).digest();
  if (timingSafeEqual(claimed, actual)) return undefined;
  const message = 'The Content-MD5 you specified did not match what we received.';
  const details = { 'Content-MD5': given, ActualContentMD5: actual.toString('base64') };
  return { code: 'InvalidDigest', message, details };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** A byte order mark is no part of the text. */
function decode(body: Buffer): string | OssFault {
  try {
    return utf8.decode(body);
  } catch {
    return { code: 'MalformedXML', message: 'The body is not UTF-8.' };
  }
}
