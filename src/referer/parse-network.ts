import { isIPv4, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { NetworkPattern } from '../model/entry.js';

/** Bits before the IPv4 address in an IPv4-mapped IPv6 address (RFC 4291 §2.5.5.2). */
const mappedBits = 96;

/**
 * Reads an IP address or a CIDR block: `192.0.2.1`, `192.0.2.0/24`, `2001:db8::/32`, `[2001:db8::]/32`. Strict: four
 * decimal numbers, no leading zeros (`010` is 8 to some readers and 10 to others), no zone.
 *
 * @returns `undefined` for every other text, a prefix length that the family does not have included
 */
export function parseNetwork(text: string): NetworkPattern | undefined {
  const slash = text.indexOf('/');
  const address = parseAddress(slash < 0 ? text : text.slice(0, slash));
  if (address === undefined) return undefined;
  const bits = address.length * 8;
  const prefix = slash < 0 ? bits : parsePrefix(text.slice(slash + 1), bits);
  return prefix === undefined ? undefined : unmapped(address, prefix);
}

/** Bytes in network order, 4 or 16. `net` decides what is an address: ipaddr.js takes octal numbers and zones too. */
function parseAddress(text: string): Uint8Array | undefined {
  const inner = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : undefined;
  const literal = inner ?? text;
  const valid = isIPv6(literal) ? !literal.includes('%') : inner === undefined && isIPv4(literal);
  return valid ? Uint8Array.from(ipaddr.parse(literal).toByteArray()) : undefined;
}

function parsePrefix(text: string, bits: number): number | undefined {
  if (!/^(?:0|[1-9]\d{0,2})$/.test(text)) return undefined;
  return Number(text) <= bits ? Number(text) : undefined;
}

/** `::ffff:192.0.2.0/120` is 192.0.2.0/24: sockets of both families must meet the same pattern. */
function unmapped(address: Uint8Array, prefix: number): NetworkPattern {
  const isMapped = address.length === 16 && new ipaddr.IPv6([...address]).isIPv4MappedAddress();
  return isMapped && prefix >= mappedBits
    ? network(address.slice(mappedBits / 8), prefix - mappedBits)
    : network(address, prefix);
}

/** Clears the host bits: `192.0.2.77/24` covers what `192.0.2.0/24` covers. */
function network(address: Uint8Array, prefix: number): NetworkPattern {
  const masked = address.map((byte, index) => byte & networkBits(prefix - index * 8));
  return { kind: 'network', address: masked, prefix };
}

/** Mask of one byte of which so many leading bits belong to the network; any number, also below 0 and above 8. */
function networkBits(count: number): number {
  return (0xff << (8 - Math.min(Math.max(count, 0), 8))) & 0xff;
}
