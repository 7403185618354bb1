import type { Prng } from './prng.js';

const schemes = [
  'http',
  'http',
  'https',
  'https',
  'HTTP',
  'hTTpS',
  'ftp',
  'ws',
  'file',
  'android-app',
  'Foo+1.x',
  'about',
  '1x',
  '',
] as const;
const separators = ['://', '://', '://', '://', '://', '://', ':///', '://\\', ':\\\\', ':/', ':', '//', ''] as const;
const users = ['user@', 'user:pw@', 'good.example@', 'a@b@', ':@', '@', 'good.example%40', 'good.example\\@'] as const;
const names = [
  'good.example',
  'WWW.Good.Example',
  'good.example.evil.example',
  'evilgood.example',
  'a_b.example',
  'a--b.example',
  'a,b.example',
  '*.example',
  'localhost',
  'bücher.example',
  'faß.example',
  'BÜCHER.EXAMPLE',
  'xn--bcher-kva.example',
  'xn--fa-hia.example',
  'xn--',
  'xn--a.example',
  '例え.テスト',
  'مثال.إختبار',
  'ｇｏｏｄ.example',
  'good。example',
  'go\u00adod.example',
  '\u200d.example',
  'a..example',
  '.example',
  'good%2Eexample',
  '%67ood.example',
  'good%00.example',
  'good%zz.example',
  'good<.example',
  'good^.example',
  '',
  '.',
  '\ud800.example',
] as const;
const addresses = [
  '192.0.2.1',
  '127.1',
  '0x7f.0.0.1',
  '0300.0250.1',
  '2130706433',
  '1.2.3.256',
  '1.2.3.4.5',
  '256',
  '4294967296',
  '１２７.0.0.1',
  '09.1.1.1',
  'a.0x',
  '[::1]',
  '[2001:DB8:0:0::1]',
  '[::ffff:192.0.2.1]',
  '[::ffff:1.2.3]',
  '[1::2::3]',
  '[fe80::1%25eth0]',
  '[::1',
  '::1',
  '[]',
] as const;
const ports = [':80', ':443', ':8080', ':', ':0', ':00080', ':65535', ':65536', ':x', ':8 0', ':٨'] as const;
const paths = [
  '/',
  '/a/b',
  '/a/../b',
  '/%2e%2E/b',
  '/./',
  '//good.example/',
  '\\x',
  '/ä',
  '/a b',
  '/a"<>`{}|^',
  '/%zz',
] as const;
const queries = ['?', '?a=b', '?http://good.example/', "?a'b", '?é "<>', '?a#b', '?a\\b', '?\ud800'] as const;
const nasty = [
  '\t',
  '\n',
  '\r',
  ' ',
  '\0',
  '\x1f',
  '\x7f',
  '@',
  '/',
  '\\',
  ':',
  '#',
  '?',
  '%',
  '[',
  ']',
  '.',
  '\u3002',
  '\ufffd',
  '\u00a0',
  '\ufeff',
  '\u202e',
  'ß',
  '💩',
] as const;

/** A host as a hostile client may spell it, good or bad. */
export function randomHost(random: Prng): string {
  const host = random.pick(random.chance(0.7) ? names : addresses);
  return random.chance(0.1) ? `${host}.` : host;
}

/** A Referer by the grammar of URLs, bent at random places. */
export function randomReferer(random: Prng): string {
  const maybe = (percent: number, choices: readonly [string, ...string[]]) =>
    random.chance(percent / 100) ? random.pick(choices) : '';
  const text = [
    random.pick(schemes),
    random.pick(separators),
    maybe(15, users),
    randomHost(random),
    maybe(25, ports),
    maybe(70, paths),
    maybe(30, queries),
    maybe(10, ['#x', '#', '#@good.example/']),
  ].join('');
  return random.chance(0.25) ? withNastyCharacter(text, random) : text;
}

function withNastyCharacter(text: string, random: Prng): string {
  const at = random.integer(0, text.length);
  return text.slice(0, at) + random.pick(nasty) + text.slice(at);
}
