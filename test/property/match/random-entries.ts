import type { HostPattern, NamePattern, NetworkPattern, RefererEntry, WildcardPattern } from '#refgate/model/entry.js';
import type { RefererUrl } from '#refgate/model/referer-url.js';
import type { Prng } from '../../support/prng.js';

/** Few labels, so that entries and hosts meet often. */
const LABELS = ['a', 'b', 'ab', 'aab', 'com'];
const GLOBS = ['*', '?', 'a*', '*b', '*a*b', 'a?', '**', '**'];
const SCHEMES = ['http', 'https', 'android-app'];
const PATHS = ['/', '/a', '/a/b', '/A'];

export type Kind = HostPattern['kind'];

export function randomHost(random: Prng): string {
  const kind = random.integer(1, 20);
  if (kind === 1) return random.pick(['', '.', 'a..com', '.com', 'a.com.', 'a.b..']);
  if (kind <= 5) return randomAddress(random);
  return randomName(random, 1, 4);
}

/** An address as the host of a URL is written. */
export function randomAddress(random: Prng): string {
  const last = random.integer(0, 7);
  return random.pick([
    `192.0.2.${last}`,
    `192.0.${last}.1`,
    `[2001:db8::${last}]`,
    `[::${last}]`,
    `[::ffff:c000:20${last}]`,
  ]);
}

export function randomPattern(random: Prng, kind: Kind): HostPattern {
  if (kind === 'any') return { kind };
  if (kind === 'name') return randomNamePattern(random);
  return kind === 'network' ? randomNetwork(random) : randomWildcard(random);
}

export function randomEntry(random: Prng, kind: Kind, position: number): RefererEntry {
  const host = randomPattern(random, kind);
  const text = host.kind === 'name' ? host.name : random.pick(['ü', '']);
  return {
    written: random.pick([`${position}:${text}`, `${position}:ü${text}`, `${position}`]),
    host,
    ...(random.chance(kind === 'any' ? 0.9 : 0.1) && { scheme: random.pick(SCHEMES) }),
    ...(random.chance(kind === 'any' ? 0.9 : 0.1) && { port: random.pick([0, 80, 443, 8080]) }),
    ...(random.chance(0.1) && { path: random.pick(PATHS) }),
  };
}

/** Many entries of one or two names, most of them with a path. */
export function randomPages(random: Prng): RefererEntry[] {
  let position = 0;
  return random.list(8, 40, () => {
    const host = { ...randomNamePattern(random), name: random.pick(['a', 'b.a', 'com']) };
    const path = `/${random.list(0, 3, () => random.pick(['a', 'b', '/', 'A'])).join('')}`;
    return {
      written: `${position++}:${host.name}`,
      host,
      ...(random.chance(0.95) && { path }),
      ...(random.chance(0.5) && { scheme: random.pick(SCHEMES) }),
      ...(random.chance(0.5) && { port: random.pick([80, 443, 8080]) }),
    };
  });
}

/** A host as the wildcards of `randomBrands` cover it, or nearly. */
export function randomBrandHost(random: Prng): string {
  const brand = random.list(1, 5, () => random.pick(['a', 'b'])).join('');
  return `${random.pick(['', '', 'a.', 'bb.'])}${brand}.${random.pick(['com', 'com', 'a.com', 'org'])}`;
}

/** Many wildcards behind one literal suffix. */
export function randomBrands(random: Prng): RefererEntry[] {
  let position = 0;
  return random.list(9, 25, () => {
    const brand = random.list(1, 4, () => random.pick(['a', 'b', '*', '?'])).join('');
    const above = random.chance(0.3) ? [random.pick(['a', '*', 'b*', '**'])] : [];
    const labels = [...above, brand, ...random.pick([['com'], ['com'], ['a', 'com']])];
    return { written: `${position++}`, host: { kind: 'wildcard', labels, below: random.chance(0.1) } };
  });
}

export function randomReferer(random: Prng, host: string): RefererUrl {
  const scheme = random.pick(SCHEMES);
  const port = scheme === 'android-app' ? undefined : random.pick([0, 80, 443, 8080]);
  const path = random.pick(['/', '/a', '/ab?c', '/a/b/c', '/A/b', '']);
  return { scheme, host, port, path, sent: host + path };
}

function randomName(random: Prng, fewest: number, most: number): string {
  return random.list(fewest, most, () => random.pick(LABELS)).join('.');
}

function randomNamePattern(random: Prng): NamePattern {
  const [self, below] = random.pick([
    [true, 'any'],
    [true, 'none'],
    [false, 'any'],
    [false, 'one'],
    [true, 'one'],
  ] as const);
  return { kind: 'name', name: randomName(random, 1, 3), self, below };
}

function randomWildcard(random: Prng): WildcardPattern {
  const labels = random.list(1, 4, () => random.pick(random.chance(0.5) ? LABELS : GLOBS));
  return { kind: 'wildcard', labels, below: random.chance(0.5) };
}

export function randomNetwork(random: Prng): NetworkPattern {
  const ipv4 = [192, 0, 2, random.integer(0, 7)];
  const ipv6 = [0x20, 0x01, 0x0d, 0xb8, ...new Array<number>(11).fill(0), random.integer(0, 7)];
  const low = [...new Array<number>(15).fill(0), random.integer(0, 7)];
  const mapped = [...new Array<number>(10).fill(0), 0xff, 0xff, ...ipv4];
  const [address, prefix] = random.pick([
    [ipv4, random.pick([0, 8, 16, 22, 24, 29, 30, 31, 32, 32])],
    [ipv6, random.pick([0, 32, 125, 126, 127, 128, 128])],
    [low, random.pick([96, 125, 127, 128])],
    [mapped, random.pick([96, 120, 126, 128])],
  ] as const);
  return { kind: 'network', address: cleared(address, prefix), prefix };
}

/** The address with its host bits at zero, as patterns have them. */
function cleared(address: readonly number[], prefix: number): Uint8Array {
  return Uint8Array.from(address, (byte, at) => byte & (0xff00 >> Math.min(8, Math.max(0, prefix - 8 * at))));
}
