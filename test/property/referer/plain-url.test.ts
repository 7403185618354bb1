import { expect } from 'chai';
import { parseReferer } from '#refgate/referer/parse-referer.js';
import { readPlainUrl } from '#refgate/referer/plain-url.js';
import { type Prng, property } from '../../support/prng.js';
import { randomReferer } from '../../support/random-referer.js';

const runs = 200_000;
const reading = { schemes: new Set<string>(), ignoreScheme: false };

const starts = [
  'http://',
  'https://',
  'HTTP://',
  'http:/',
  'http:\\\\',
  'https:///',
  'httpx://',
  ' http://',
  '\thttp://',
];
const labels = [
  'a',
  'www',
  'shop',
  '1a',
  'a1',
  '1',
  '0x1',
  '0x',
  '_',
  '-',
  'a-',
  '--',
  'xn--a',
  'xn--bcher-kva',
  'axn--',
];
const separators = ['.', '.', '.', '..', '', '\u3002', '-'];
const ports = [
  ':',
  ':0',
  ':80',
  ':443',
  ':080',
  ':00080',
  ':000080',
  ':65535',
  ':65536',
  ':99999',
  ':8a',
  ':-1',
  ':80:80',
];
const tails = [
  '/',
  '?',
  '#',
  '\\',
  '@',
  '/@b.example',
  '?@b.example/',
  '#@',
  '/\t',
  '/ ',
  '/\\',
  '/ä',
  '/../',
  '/%',
  '\n/',
  ' ',
  '\0',
];

/** A text that is plain but for one thing or two. */
function nearlyPlain(random: Prng): string {
  const start = random.chance(0.8) ? random.pick(['http://', 'https://']) : random.pick(starts);
  const name = random.list(1, 4, () => random.pick(labels) + (random.chance(0.9) ? '.' : random.pick(separators)));
  const end = random.pick(['example', 'example', 'com', '.', '', '9', '0x9', 'e9']);
  const port = random.chance(0.3) ? random.pick(ports) : '';
  const tail = random.list(0, 3, () => (random.chance(0.3) ? randomReferer(random) : random.pick(tails))).join('');
  return `${start}${name.join('')}${end}${port}${tail}`;
}

/** A text with one character in place of another, of all that are ASCII and some that are not. */
function bent(text: string, random: Prng): string {
  const at = random.integer(0, Math.max(0, text.length - 1));
  const character = String.fromCharCode(random.chance(0.9) ? random.integer(0, 0x7f) : random.integer(0x80, 0xffff));
  return text.slice(0, at) + character + text.slice(at + 1);
}

function newUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

const defaultPorts = { 'http:': '80', 'https:': '443' };

/** The same by Node's parser: scheme, host, port in force, path, and what was sent behind the scheme. */
function byUrl(text: string): readonly unknown[] | undefined {
  const url = newUrl(text);
  if (url === undefined) return undefined;
  const port = url.port || defaultPorts[url.protocol as keyof typeof defaultPorts];
  const sent = text
    .replace(/[\0- ]+$/, '')
    .replace(/[\t\n\r]/g, '')
    .replace(/^https?:\/\//, '');
  return [url.protocol.slice(0, -1), url.hostname, Number(port), url.pathname + url.search, sent];
}

describe(`readPlainUrl against new URL, ${runs} texts that are plain or nearly so`, () => {
  it(
    'takes for plain only what Node reads as it stands',
    property((random) => {
      let plain = 0;
      for (let run = 0; run < runs; run++) {
        const near = nearlyPlain(random);
        const text = random.chance(0.4) ? bent(near, random) : near;
        const found = readPlainUrl(text);
        if (found === undefined) continue;
        plain++;
        const referer = parseReferer(text, reading);
        const actual = referer && [referer.scheme, referer.host, referer.port, referer.path, referer.sent];
        const expected = byUrl(text);
        if (JSON.stringify(actual) === JSON.stringify(expected)) continue;
        expect(actual, JSON.stringify(text)).to.deep.equal(expected);
      }
      expect(plain).to.be.at.least(runs / 20);
    }),
  );
});
