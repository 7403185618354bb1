import { mediaTypeOf } from '../media-type-of.js';
import type { Problem } from './problem.js';
import type { RestCall } from './rest-call.js';

/**
 * Why a body of this type is not taken; `undefined`: it is. Parameters say nothing about JSON, which is UTF-8.
 *
 * @param accepted - media types in lower case
 */
export function refuseMediaType({ method, headers }: RestCall, accepted: readonly string[]): Problem | undefined {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding.trim().toLowerCase() !== 'identity') {
    // RFC 9110 §15.5.16: the header says which of the two was at fault.
    return unsupported('send the body as it is, without a Content-Encoding', { 'accept-encoding': 'identity' });
  }
  const type = mediaTypeOf(headers['content-type']);
  if (accepted.includes(type)) return undefined;
  const got = type === '' ? 'there is none' : `got ${JSON.stringify(type)}`;
  // RFC 5789 §2.2 for PATCH.
  const header = method === 'PATCH' ? 'accept-patch' : 'accept';
  return unsupported(`expected Content-Type ${accepted.join(' or ')}; ${got}`, { [header]: accepted.join(', ') });
}

function unsupported(detail: string, headers: Readonly<Record<string, string>>): Problem {
  return { code: 'unsupported_media_type', detail, headers };
}
