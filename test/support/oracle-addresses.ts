import ipaddr from 'ipaddr.js';
import type { NetworkPattern } from '#refgate/model/entry.js';

/** Whether a block holds an address, bit by bit. Text that is no address is held by none. */
export function networkHolds(network: NetworkPattern, text: string): boolean {
  const address = addressBits(text);
  if (address === undefined) return false;
  const block = bits([...network.address]);
  const unmapped =
    network.address.length === 16 && network.prefix >= 96 && block.startsWith(`${'0'.repeat(80)}${'1'.repeat(16)}`);
  const [bare, prefix] = unmapped ? [block.slice(96), network.prefix - 96] : [block, network.prefix];
  return bare.length === address.length && bare.slice(0, prefix) === address.slice(0, prefix);
}

/** Properties ask for the same few addresses again and again. */
const known = new Map<string, string | undefined>();

/** An address as a text of 32 or 128 zeros and ones. */
function addressBits(text: string): string | undefined {
  if (!known.has(text)) known.set(text, readBits(text));
  return known.get(text);
}

function readBits(text: string): string | undefined {
  const strict = ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);
  return strict ? bits(ipaddr.process(text.replace(/%.*/, '')).toByteArray()) : undefined;
}

function bits(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('');
}
