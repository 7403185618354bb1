import { readIpv4 } from './read-ipv4.js';
import { readIpv6 } from './read-ipv6.js';

/**
 * The address read last: one word for IPv4, four for IPv6, most significant first. A register of the module and not a
 * result, because a look-up allocates nothing; look-ups are synchronous, so nothing can come between read and use.
 */
export const addressWords = new Uint32Array(4);

/** 4 or 6; 0 for text that is no address. */
export type AddressFamily = 0 | 4 | 6;

const PERCENT = 37; /* '%' */
const DOT = 46; /* '.' */
const COLON = 58; /* ':' */

const groups = new Uint16Array(8);

/**
 * Reads an address, without brackets, into `addressWords`. An IPv4-mapped IPv6 address (`::ffff:192.0.2.1`) is the
 * IPv4 address; a zone (`fe80::1%eth0`, RFC 4007 §11) is dropped.
 */
export function readAddress(text: string, from: number, to: number): AddressFamily {
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code === COLON) return readIpv6(text, from, zoneStart(text, i, to), groups) ? takeGroups() : 0;
    if (code === DOT) return takeIpv4(readIpv4(text, from, to));
  }
  return 0;
}

/** Where a zone begins, or the end of the text; a percent sign without a zone behind it stays, and is an error. */
function zoneStart(text: string, from: number, to: number): number {
  for (let i = from; i < to; i++) {
    if (text.charCodeAt(i) === PERCENT) return i + 1 < to ? i : to;
  }
  return to;
}

function takeIpv4(address: number): AddressFamily {
  if (address < 0) return 0;
  addressWords[0] = address;
  return 4;
}

function takeGroups(): AddressFamily {
  for (let word = 0; word < 4; word++) {
    addressWords[word] = ((groups[2 * word] as number) << 16) | (groups[2 * word + 1] as number);
  }
  const mapped = addressWords[0] === 0 && addressWords[1] === 0 && addressWords[2] === 0xffff;
  return mapped ? takeIpv4(addressWords[3] as number) : 6;
}
