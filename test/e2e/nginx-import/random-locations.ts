import type { Prng } from '../../support/prng.js';

/** A location, as text and in what the text says. */
interface RandomLocation {
  readonly head: string;
  readonly inner: readonly RandomLocation[];
}

const segments = ['a', 'b', 'img', 'im', 'x.jpg', '.hidden'];
const regexes = [
  '~* \\.(jpg|png)$',
  '~* \\.jpe?g$',
  '~* ^.+\\.(png|gif)$',
  '~ \\.jpg$',
  '~ \\.JPG$',
  '~ ^/a/',
  '~ ^/a/b',
  '~* /IMG/',
  '~ b',
  '~ /im(g)?/.*\\.png$',
  '~ "^/[ab]{1,2}/"',
  '~ \\*',
];

/**
 * The locations of a server, one in the other too, such as no person would write: prefixes that end within a segment,
 * wildcards that are none, `^~` above and below of plain prefixes. nginx takes them all.
 */
export function randomLocations(random: Prng, depth = 2, under = ''): readonly RandomLocation[] {
  const heads = new Set(random.list(1, 6, () => randomHead(random, under)));
  const texts = new Set<string>();
  const unique = [...heads].filter((head) => {
    // `/a` and `^~ /a` are the same location to nginx.
    const text = head.replace('^~ ', '');
    return !texts.has(text) && texts.add(text);
  });
  return unique.map((head) => {
    const isExact = head.startsWith('=');
    const isRegex = head.startsWith('~');
    const inner = depth === 0 || isExact || random.chance(0.5);
    return { head, inner: inner ? [] : randomLocations(random, depth - 1, isRegex ? 'regex' : prefixOf(head)) };
  });
}

function randomHead(random: Prng, under: string): string {
  if (under === 'regex' || random.chance(0.35)) return random.pick(regexes);
  const path = `${under}${randomPath(random, under)}`;
  return `${random.pick(['', '', '^~ ', '= '])}${path === '' ? '/' : path}`;
}

function randomPath(random: Prng, under: string): string {
  const path = random.list(under === '' ? 0 : 1, 2, () => `/${random.pick(segments)}`).join('');
  const text = path + random.pick(['', '/', '', '/', 'g', '*', '?']);
  // Below a prefix that ends in a slash, and two of them are one.
  return under.endsWith('/') ? text.slice(1) : text;
}

function prefixOf(head: string): string {
  return head.replace('^~ ', '');
}

/** The configuration of these locations. `status` numbers those that are checked, so that answers tell them apart. */
export function locationText(locations: readonly RandomLocation[], status: () => number | undefined): string {
  return locations.map(({ head, inner }) => `location ${head} {\n${blockText(inner, status())}}\n`).join('');

  function blockText(inner: readonly RandomLocation[], own: number | undefined): string {
    const check = own === undefined ? '' : `valid_referers good.example; if ($invalid_referer) { return ${own}; }\n`;
    return `${check}${locationText(inner, status)}return 204;\n`;
  }
}

/** A request's path, mostly of the same pieces. */
export function randomTarget(random: Prng): string {
  const path = random
    .list(1, 4, () => random.pick([...segments, 'g', 'X.JPG', 'y.jpeg', 'z.png', '%61', '..', '']))
    .join('/');
  return `/${path}${random.pick(['', '/', 'g', '.jpg', '*', '%3F', '?q=.jpg', '/q.png'])}`;
}
