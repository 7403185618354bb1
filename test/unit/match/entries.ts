import { EntryIndexBuilder } from '#refgate/match/entry-index-builder.js';
import type { HashSeed } from '#refgate/match/hash-seed.js';
import type { HostPattern, NetworkPattern, RefererEntry } from '#refgate/model/entry.js';
import type { EntryMatcher } from '#refgate/model/matchers.js';
import type { RefererUrl } from '#refgate/model/referer-url.js';

/** A hash that tells nothing apart: every name of an index collides with every other. */
export const COLLIDING: HashSeed = { start: 0, multiplier: 0 };

export function nameEntry(name: string, self: boolean, below: 'none' | 'one' | 'any'): RefererEntry {
  return { written: name, host: { kind: 'name', name, self, below } };
}

/** `example.com` with exact off. */
export function host(name: string): RefererEntry {
  return nameEntry(name, true, 'any');
}

/** An entry of labels with wildcards, such as `a*b.example.com`. */
export function wildcard(labels: string, below = false): RefererEntry {
  return { written: labels, host: { kind: 'wildcard', labels: labels.split('.'), below } };
}

export const anyHost: RefererEntry = { written: '**', host: { kind: 'any' } };

/** An IPv4 block such as `192.0.2.0/24`, or a single address. */
export function network(text: string): RefererEntry & { readonly host: NetworkPattern } {
  const [address = '', prefix = '32'] = text.split('/');
  const bytes = Uint8Array.from(address.split('.'), Number);
  return { written: text, host: { kind: 'network', address: bytes, prefix: Number(prefix) } };
}

/** An IPv6 block by its eight groups, such as `2001:db8:0:0:0:0:0:0/32`. */
export function network6(text: string): RefererEntry & { readonly host: NetworkPattern } {
  const [address = '', prefix = '128'] = text.split('/');
  const groups = address.split(':').map((group) => Number.parseInt(group, 16));
  const bytes = Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 255]));
  return { written: text, host: { kind: 'network', address: bytes, prefix: Number(prefix) } };
}

export function index(entries: readonly RefererEntry[], seed?: HashSeed): EntryMatcher {
  const builder = new EntryIndexBuilder(seed);
  for (const entry of entries) builder.add(entry);
  return builder.build();
}

export function patterns(...entries: readonly RefererEntry[]): HostPattern[] {
  return entries.map((entry) => entry.host);
}

/** `http://<host>/` with whatever is given instead. */
export function referer(of: string, rest: Partial<RefererUrl> = {}): RefererUrl {
  return { scheme: 'http', host: of, port: 80, path: '/', sent: `${of}/`, ...rest };
}
