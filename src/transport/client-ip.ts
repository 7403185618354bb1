import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** The header that `clientIp` reads; an adapter with trusted hops has to hand it over. */
export const forwardedForHeader = 'x-forwarded-for';

/**
 * The client's address, as far as the proxies in front of us can be believed.
 *
 * Every proxy appends the address that it was called from to X-Forwarded-For, so the right end of the list is written
 * by our own proxies and the left end by whoever sent the request. Example with two trusted hops and the peer 10.0.0.9:
 * `6.6.6.6, 203.0.113.7, 10.0.0.5` + 10.0.0.9 → 203.0.113.7; the 6.6.6.6 that the client wrote itself is never reached.
 *
 * @param peer address of the proxy's own client; `''` when it is not known
 * @param forwardedFor values of X-Forwarded-For in order of arrival
 * @param trustedHops proxies between the client and the one that asks us; 0 believes no header
 * @returns the peer where the list is too short or its value there is no address
 */
export function clientIp(peer: string, forwardedFor: readonly string[] | undefined, trustedHops: number): string {
  if (trustedHops === 0 || forwardedFor === undefined) return peer;
  const hops = forwardedFor.join(',').split(',');
  // Envoy has appended the peer already when it asks us; other proxies append it only on the way upstream.
  if (!isSameAddress(addressOf(hops.at(-1)), peer)) hops.push(peer);
  // An empty element counts as a hop: skipping it would move a value of the client's own into a trusted place.
  return addressOf(hops.at(-1 - trustedHops)) ?? peer;
}

/** `1.2.3.4`, `1.2.3.4:5678`, `2001:db8::1`, `[2001:db8::1]` and `[2001:db8::1]:443`: some load balancers add the port. */
const ADDRESS_WITH_PORT = /^(?:\[([0-9A-Fa-f:.]+)\]|([0-9.]+))(?::[0-9]{1,5})?$/;

/** The address without brackets and port; `undefined` for all else, addresses with a zone (`fe80::1%eth0`) included. */
function addressOf(hop: string | undefined): string | undefined {
  const text = hop?.trim() ?? '';
  const written = ADDRESS_WITH_PORT.exec(text);
  const address = written?.[1] ?? written?.[2] ?? text;
  const isBracketed = written?.[1] !== undefined;
  const version = address.includes('%') ? 0 : isIP(address);
  return version === 0 || (isBracketed && version !== 6) ? undefined : address;
}

/** True for two spellings of one address: `::ffff:192.0.2.1` is 192.0.2.1, as a dual-stack socket reports it. */
function isSameAddress(left: string | undefined, right: string): boolean {
  if (left === undefined || isIP(right) === 0) return false;
  return left === right || canonical(left) === canonical(right);
}

function canonical(address: string): string {
  return ipaddr.process(address).toNormalizedString();
}
