import type { RefererEntry } from '#refgate/model/entry.js';
import type { Prng } from '../../support/prng.js';

const ENDINGS = ['com', 'net', 'org', 'example', 'co.uk', 'com.cn', 'info', 'shop'];

/** A name as lists of sites have them, some 17 characters long; another for each number. */
export function siteName(random: Prng, number: number): string {
  return `${random.pick(['', 'my-', 'the-', 'shop-', 'cdn'])}${number.toString(36)}${letters(random)}.${random.pick(ENDINGS)}`;
}

/** The entry of a name, in one of the ways that lists write it. */
export function siteEntry(random: Prng, name: string): RefererEntry {
  const star = random.chance(0.3);
  return { written: star ? `*.${name}` : name, host: { kind: 'name', name, self: !star, below: 'any' } };
}

function letters(random: Prng): string {
  return random.list(3, 9, () => String.fromCharCode(97 + random.integer(0, 25))).join('');
}
