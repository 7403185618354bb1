import { readAddress } from './read-address.js';

/** What kind of host a text is; the kinds of patterns that can match it follow from that. */
export type HostShape = 'name' | 'address' | 'malformed';

const DOT = 46; /* '.' */
const BRACKET = 91; /* '[' */
const DIGIT_0 = 48; /* '0' */
const DIGIT_9 = 57; /* '9' */

/**
 * Malformed: a host with an empty label, which no DNS name has (`a..example.com`, `.example.com`, ``).
 * Address: `192.0.2.1`, `[2001:db8::1]`, in the forms that WHATWG URL writes. After an address, `readAddress` has left
 * its words for the look-up that follows.
 */
export function hostShape(host: string): HostShape {
  const last = host.charCodeAt(host.length - 1);
  if (host === '' || last === DOT || host.charCodeAt(0) === DOT || host.includes('..')) return 'malformed';
  if (host.charCodeAt(0) === BRACKET) return 'address';
  const mayBeQuad = last >= DIGIT_0 && last <= DIGIT_9;
  return mayBeQuad && readAddress(host, 0, host.length) === 4 ? 'address' : 'name';
}
