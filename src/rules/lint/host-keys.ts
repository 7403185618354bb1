import type { HostPattern, NetworkPattern } from '../../model/entry.js';

/** By which an entry's host is found: one key, whatever the entry's reach. */
export function hostKey(host: HostPattern): string {
  switch (host.kind) {
    case 'any':
      return ANY_HOST;
    case 'name':
      return host.name;
    case 'wildcard':
      return host.labels.join('.');
    case 'network':
      return blockKey(host, host.prefix);
  }
}

/** No name and no wildcard has a blank. */
const ANY_HOST = 'any host';

/**
 * The keys of all that can cover a host plainly. `a.b.example`: itself, b.example, example, every host. Of a wildcard
 * the labels at its end, of a block those around it that have one of the lengths given.
 */
export function keysAround(host: HostPattern, lengths: Iterable<number>): string[] {
  if (host.kind === 'network') {
    const wider = [...lengths].filter((length) => length <= host.prefix);
    return [...wider.map((length) => blockKey(host, length)), ANY_HOST];
  }
  const key = hostKey(host);
  const keys = [key];
  for (let dot = key.indexOf('.'); dot !== -1; dot = key.indexOf('.', dot + 1)) keys.push(key.slice(dot + 1));
  if (key !== ANY_HOST) keys.push(ANY_HOST);
  return keys;
}

/** The first bits of an address, and how many they are: `/24:4:` and the bytes of 192.0.2.0. */
function blockKey({ address }: NetworkPattern, length: number): string {
  const bytes = Buffer.from(address).fill(0, Math.ceil(length / 8));
  const last = (length - 1) >> 3;
  if (length % 8 !== 0) bytes[last] = (bytes[last] ?? 0) & (0xff << (8 - (length % 8)));
  return `/${length}:${address.length}:${bytes.toString('latin1')}`;
}
