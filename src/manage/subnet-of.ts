import ipaddr from 'ipaddr.js';

/**
 * What an address is counted as: an IPv4 address itself (also where the system maps it into IPv6), and of an IPv6 address
 * the network of 64 bits, all of which one customer has. What is no address counts as written.
 */
export function subnetOf(client: string): string {
  if (!ipaddr.isValid(client)) return client;
  const address = ipaddr.process(client);
  if (address instanceof ipaddr.IPv4) return address.toString();
  return `${address.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`;
}
