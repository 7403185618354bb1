import type { Divergence } from './divergence.js';

/** One request's Referer lines, in Latin-1 as they are sent. */
export interface RefererCase {
  readonly lines: readonly string[];
  /** In which way nginx and refgate differ under some of the lists; every difference that occurs has to be here. */
  readonly differs?: readonly Divergence[];
}

const agreed: readonly string[] = [
  '',
  ' ',
  '-',
  'x',
  'XXXXXXXXXXXXXX',
  'http://',
  'about:blank-and-more',
  'good.example/page',
  'www.good.example',
  '//good.example/page',
  'ftp://good.example/page',
  'android-app://good.example/page',
  'http:/good.example/page',
  'http:good.example/page',
  'http://good.example',
  'http://good.example/',
  'HTTP://good.example/',
  'hTTpS://GOOD.EXAMPLE/Page',
  'https://good.example/shop',
  'https://good.example/shop/2',
  'https://good.example/shopping',
  'https://good.example/Shop/',
  'https://good.example/shop?id=5',
  'http://good.example:80/',
  'http://good.example:8080/shop',
  'https://good.example:443/shop/',
  'https://good.example:8443',
  'https://www.good.example/gallery/1',
  'https://www.good.example/Shop/1',
  'https://a.b.good.example/Shop',
  'https://www.good.test/gallery/',
  'https://www.good.co.test/',
  'https://good.test/',
  'https://good.co.test/x',
  'https://other.example/page',
  'https://sub.other.example/',
  'https://evilgood.example/',
  'https://good.example.evil.test/',
  'https://evil.test/good.example/',
  'https://evil.test/?good.example/',
  'https://evil.test/.good.example/',
  'https://evil.test/www.google.test/',
  'https://www.google.test/search?q=good.example',
  'https://evil.test/page#https://good.example/',
  'https://one.server.example/',
  'https://x.wild.example/',
  'https://wild.example/',
  'https://tail.test/',
  'https://tail.co.test/',
  'http://192.0.2.1/',
  'http://192.0.2.1:8080/24',
  'http://192.0.3.7/',
  'http://192.1.2.1/',
  'http://[2001:db8::1]/',
  'http://localhost/x',
  'http://localhost:3000/',
  'http://a_b.example/x',
  'http://example/',
  'https://good-example.test/',
  `https://good.example/${'x'.repeat(3000)}`,
  `https://${'x'.repeat(60)}.good.example/`,
];

const nginxDenies = (name: string): Divergence[] => [{ name, denies: 'nginx' }];
const refgateDenies = (name: string): Divergence[] => [{ name, denies: 'refgate' }];
/** Under some lists the one denies, under others the other. */
const eitherDenies = (name: string): Divergence[] => [...nginxDenies(name), ...refgateDenies(name)];

const different: readonly RefererCase[] = [
  { lines: ['http://i.r'], differs: eitherDenies('nginx-short-referer') },
  { lines: ['http://x.y'], differs: refgateDenies('nginx-short-referer') },
  { lines: ['http://good.example./'], differs: nginxDenies('nginx-trailing-dot') },
  { lines: ['http://good.example:x@evil.test/'], differs: refgateDenies('nginx-user-info') },
  { lines: ['http://user@good.example/'], differs: nginxDenies('nginx-user-info') },
  { lines: ['http://good.example@evil.test/'], differs: refgateDenies('nginx-user-info') },
  { lines: ['https://good.example?shop'], differs: nginxDenies('nginx-end-of-host') },
  { lines: ['https://good.example#shop'], differs: nginxDenies('nginx-end-of-host') },
  { lines: ['https://good.example\\@evil.test/'], differs: nginxDenies('nginx-end-of-host') },
  { lines: ['https://evil.test\\.good.example/'], differs: refgateDenies('nginx-end-of-host') },
  { lines: ['https://evil.test?.good.example/'], differs: refgateDenies('nginx-end-of-host') },
  { lines: ['http://b\u00c3\u00bccher.example/'], differs: nginxDenies('nginx-host-spelling') },
  { lines: ['http://B\u00c3\u009cCHER.example/'], differs: nginxDenies('nginx-host-spelling') },
  { lines: ['http://b\u00fccher.example/'], differs: eitherDenies('nginx-unreadable-url') },
  { lines: ['https://xn--bcher-kva.example/'], differs: nginxDenies('nginx-host-spelling') },
  { lines: ['http://g%6fod.example/'], differs: nginxDenies('nginx-host-spelling') },
  { lines: ['http://192.0.513/'], differs: nginxDenies('nginx-host-spelling') },
  { lines: ['http://0300.0.2.1/'], differs: nginxDenies('nginx-host-spelling') },
  { lines: ['ht\ttp://good.example/'], differs: eitherDenies('nginx-host-spelling') },
  { lines: ['http://.good.example/'], differs: refgateDenies('nginx-empty-label') },
  { lines: ['http://a..good.example/'], differs: refgateDenies('nginx-empty-label') },
  { lines: [`http://${'long.'.repeat(52)}good.example/`], differs: nginxDenies('nginx-long-host') },
  { lines: ['https://good.example/x/../shop'], differs: nginxDenies('nginx-path-spelling') },
  { lines: ['https://good.example/shop/../x'], differs: refgateDenies('nginx-path-spelling') },
  { lines: ['http://good.example:99999/'], differs: eitherDenies('nginx-unreadable-url') },
  { lines: ['http://good.example:http/'], differs: eitherDenies('nginx-unreadable-url') },
  { lines: ['http://evil test/page'], differs: nginxDenies('nginx-unreadable-url') },
  { lines: ['http://[good.example/page'], differs: eitherDenies('nginx-unreadable-url') },
  { lines: ['https://good.example/', 'https://evil.test/'], differs: eitherDenies('nginx-two-referers') },
  { lines: ['https://evil.test/', 'https://good.example/'], differs: nginxDenies('nginx-two-referers') },
  { lines: ['', ''] },
];

/** Requests without a Referer, with one, and with two. */
export const refererCases: readonly RefererCase[] = [
  { lines: [] },
  ...agreed.map((line) => ({ lines: [line] })),
  ...different,
];
