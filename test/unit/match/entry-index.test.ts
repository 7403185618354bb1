import { expect } from 'chai';
import { EntryIndex } from '#refgate/match/entry-index.js';
import { EntryIndexBuilder } from '#refgate/match/entry-index-builder.js';
import type { RefererEntry } from '#refgate/model/entry.js';
import { anyHost, COLLIDING, host, index, nameEntry, network, network6, referer, wildcard } from './entries.js';

/** Hosts that an entry covers, and hosts that it does not. */
interface Reach {
  readonly title: string;
  readonly entry: RefererEntry;
  readonly yes: readonly string[];
  readonly no: readonly string[];
}

const ODD_HOSTS = ['', '.', 'a..example.com', '.example.com', 'example.com.', 'a.example..com'];

const REACHES: readonly Reach[] = [
  {
    title: 'example.com',
    entry: nameEntry('example.com', true, 'any'),
    yes: ['example.com', 'www.example.com', 'x.y.example.com'],
    no: ['com', 'evilexample.com', 'example.com.evil.com', 'example.net', 'xample.com', ...ODD_HOSTS],
  },
  {
    title: 'example.com, exact',
    entry: nameEntry('example.com', true, 'none'),
    yes: ['example.com'],
    no: ['www.example.com', 'com', ...ODD_HOSTS],
  },
  {
    title: '*.example.com',
    entry: nameEntry('example.com', false, 'any'),
    yes: ['aaa.example.com', 'aaa.bbb.example.com'],
    no: ['example.com', 'evilexample.com', ...ODD_HOSTS],
  },
  {
    title: '*.example.com, exact',
    entry: nameEntry('example.com', false, 'one'),
    yes: ['aaa.example.com'],
    no: ['aaa.bbb.example.com', 'example.com', ...ODD_HOSTS],
  },
  {
    title: 'a*b.example.com',
    entry: wildcard('a*b.example.com', true),
    yes: ['ab.example.com', 'a1b.example.com', 'x.a1b.example.com', 'x.y.axxb.example.com'],
    no: [
      'a.example.com',
      'a1bc.example.com',
      'a.b.example.com',
      'example.com',
      'a1b.example.com.evil.com',
      ...ODD_HOSTS,
    ],
  },
  {
    title: 'a*b.example.com, exact',
    entry: wildcard('a*b.example.com'),
    yes: ['ab.example.com', 'a1b.example.com'],
    no: ['x.a1b.example.com', ...ODD_HOSTS],
  },
  {
    title: '* with exact: one label',
    entry: wildcard('*'),
    yes: ['localhost'],
    no: ['example.com', '192.0.2.1', '[2001:db8::1]', ...ODD_HOSTS],
  },
  {
    title: '** and *: any host',
    entry: anyHost,
    yes: ['localhost', 'example.com', '192.0.2.1', '[2001:db8::1]'],
    no: ODD_HOSTS,
  },
  {
    title: 'www.example.*',
    entry: wildcard('www.example.*'),
    yes: ['www.example.com', 'www.example.net'],
    no: ['www.example.co.uk', 'example.com', 'x.www.example.com', 'www.example', ...ODD_HOSTS],
  },
  {
    title: 'www.example.**',
    entry: wildcard('www.example.**'),
    yes: ['www.example.com', 'www.example.co.uk'],
    no: ['www.example', 'x.www.example.com', ...ODD_HOSTS],
  },
  {
    title: 'a.**.example.com',
    entry: wildcard('a.**.example.com'),
    yes: ['a.b.example.com', 'a.b.c.example.com', 'a.example.example.com'],
    no: ['a.example.com', 'b.b.example.com', ...ODD_HOSTS],
  },
  {
    title: 'img?.*.example.com',
    entry: wildcard('img?.*.example.com'),
    yes: ['img1.eu.example.com'],
    no: ['img.eu.example.com', 'img12.eu.example.com', 'img1.example.com', 'img1.a.b.example.com', ...ODD_HOSTS],
  },
  {
    title: 'a*.b* without a literal label',
    entry: wildcard('a*.b*', true),
    yes: ['a.b', 'ax.bx', 'y.ax.bx'],
    no: ['a', 'b', 'b.a', 'a.b.c', '192.0.2.1', ...ODD_HOSTS],
  },
  {
    title: '192.0.2.1',
    entry: network('192.0.2.1'),
    yes: ['192.0.2.1'],
    no: ['192.0.2.2', 'x.192.0.2.1', '192.0.2.1.example.com', '[::c000:201]', ...ODD_HOSTS],
  },
  {
    title: '192.0.2.0/24',
    entry: network('192.0.2.0/24'),
    yes: ['192.0.2.0', '192.0.2.255', '[::ffff:c000:207]'],
    no: ['192.0.1.255', '192.0.3.0', 'example.com', ...ODD_HOSTS],
  },
  {
    title: '[2001:db8::]/32',
    entry: network6('2001:db8:0:0:0:0:0:0/32'),
    yes: ['[2001:db8::1]', '[2001:db8:ffff:ffff:ffff:ffff:ffff:ffff]'],
    no: ['[2001:db7:ffff:ffff:ffff:ffff:ffff:ffff]', '[2001:db9::]', '192.0.2.1', '[nonsense]', ...ODD_HOSTS],
  },
];

describe('entry index', () => {
  for (const { title, entry, yes, no } of REACHES) {
    it(`covers with ${title} what it should and nothing else`, () => {
      const matcher = index([entry]);
      expect(yes.filter((name) => matcher.find(referer(name)) === undefined)).to.deep.equal([]);
      expect(no.filter((name) => matcher.find(referer(name)) !== undefined)).to.deep.equal([]);
    });
  }

  it('matches nothing when it is empty', () => {
    expect(index([]).find(referer('example.com'))).to.equal(undefined);
    expect(index([]).size).to.equal(0);
    expect(index([]).isDear).to.equal(false);
  });

  it('lets no wildcard but a bare one match an address', () => {
    const matcher = index([wildcard('*.*.*.*'), wildcard('192.*', true), wildcard('**.1'), host('2.1')]);
    expect(matcher.find(referer('192.0.2.1'))).to.equal(undefined);
  });

  it('takes what only looks like an address for a name', () => {
    const matcher = index([wildcard('**.1'), wildcard('999.*', true)]);
    expect(matcher.find(referer('1.2.3.4.1', { scheme: 'android-app' }))).to.equal('**.1');
    expect(matcher.find(referer('999.1.1.2', { scheme: 'android-app' }))).to.equal(undefined);
    expect(matcher.find(referer('999.1', { scheme: 'android-app' }))).to.equal('**.1');
  });

  it('counts every entry, those too that an earlier one hides', () => {
    expect(index([host('a.example'), host('a.example'), anyHost, anyHost]).size).to.equal(4);
  });

  it('gives the text as written, whatever it is made of', () => {
    const written = ['BÜCHER.example', 'xn--bcher-kva.example', 'https://Shop.example:8443/ä/😀', '10.0.0.0/8'];
    const named = host('xn--bcher-kva.example').host;
    const entries = [
      { written: written[0] ?? '', host: named, port: 1 },
      { written: written[1] ?? '', host: named },
      { written: written[2] ?? '', host: host('shop.example').host },
      { ...network('10.0.0.0/8'), written: written[3] ?? '' },
    ];
    const matcher = index(entries);
    expect(matcher.find(referer('xn--bcher-kva.example', { port: 1 }))).to.equal(written[0]);
    expect(matcher.find(referer('xn--bcher-kva.example'))).to.equal(written[1]);
    expect(matcher.find(referer('shop.example'))).to.equal(written[2]);
    expect(matcher.find(referer('10.1.2.3'))).to.equal(written[3]);
  });

  it('works on plain data, which can be handed to another thread', () => {
    const builder = new EntryIndexBuilder();
    const pages = Array.from({ length: 10 }, (_, page) => ({
      ...host('pages.example'),
      written: `${page}`,
      path: `/${page}`,
    }));
    const entries = [
      host('a.example'),
      wildcard('b*.example'),
      wildcard('c.*'),
      wildcard('d*.*'),
      network('192.0.2.1'),
      ...pages,
    ];
    for (const entry of entries) builder.add(entry);
    const matcher = new EntryIndex(structuredClone(builder.buildData()));
    for (const name of ['a.example', 'b1.example', 'c.example', 'd.example', '192.0.2.1']) {
      expect(matcher.find(referer(name)), name).to.be.a('string');
    }
    expect(matcher.find(referer('pages.example', { path: '/7' }))).to.equal('7');
  });

  it('gives back the longest text that a pattern may be, and takes none that its record has no room for', () => {
    const written = 'ü'.repeat(2048);
    expect(index([{ ...host('a.example'), written }]).find(referer('a.example'))).to.equal(written);
    expect(() => new EntryIndexBuilder().add({ ...host('a.example'), written: 'a'.repeat(8192) })).to.throw(RangeError);
  });

  it('refuses a host that is not in punycode, which could never match', () => {
    expect(() => new EntryIndexBuilder().add(host('bücher.example'))).to.throw(RangeError);
  });
});

describe('entry index: the table of a CDN', () => {
  // Alibaba Cloud CDN, "Configure a Referer whitelist or blacklist": www.example.com and *.example.com on one list.
  const off = index([nameEntry('www.example.com', true, 'any'), nameEntry('example.com', false, 'any')]);
  const on = index([nameEntry('www.example.com', true, 'none'), nameEntry('example.com', false, 'one')]);
  const table: readonly [name: string, exactOff: boolean, exactOn: boolean][] = [
    ['www.example.com', true, true],
    ['aaa.example.com', true, true],
    ['aaa.bbb.example.com', true, false],
    ['example.com', false, false],
    ['www.example.net', false, false],
  ];

  for (const [name, exactOff, exactOn] of table) {
    it(`${name}: ${exactOff} with exact off, ${exactOn} with exact on`, () => {
      expect(off.find(referer(name)) !== undefined).to.equal(exactOff);
      expect(on.find(referer(name)) !== undefined).to.equal(exactOn);
    });
  }
});

describe('entry index: which entry', () => {
  const everyKind: readonly RefererEntry[] = [
    { ...host('example.com'), written: 'name' },
    { ...nameEntry('www.example.com', true, 'none'), written: 'longer name' },
    { ...wildcard('w*.example.com'), written: 'behind suffix' },
    { ...wildcard('www.*.com'), written: 'behind label' },
    { ...wildcard('w*.*.c*'), written: 'other wildcard' },
    { ...anyHost, written: 'any' },
  ];

  for (const seed of [undefined, COLLIDING]) {
    it(`is the first in list order, whatever holds it${seed ? ', also where all hashes collide' : ''}`, () => {
      for (let first = 0; first < everyKind.length; first++) {
        const entries = [...everyKind.slice(first), ...everyKind.slice(0, first)];
        expect(index(entries, seed).find(referer('www.example.com'))).to.equal(entries[0]?.written);
      }
    });
  }

  it('is the first of the blocks that hold an address', () => {
    const blocks = ['192.0.2.0/24', '192.0.2.1', '0.0.0.0/0', '192.0.0.0/16', '192.0.2.0/25'].map(network);
    for (let first = 0; first < blocks.length; first++) {
      const entries = [network('198.51.100.0/24'), ...blocks.slice(first), ...blocks.slice(0, first)];
      expect(index(entries).find(referer('192.0.2.1'))).to.equal(entries[1]?.written);
    }
  });

  it('is the first of a chain whose conditions hold', () => {
    const named = host('example.com');
    const matcher = index([
      { ...named, written: 'https', scheme: 'https' },
      { ...named, written: '8080', port: 8080 },
      { ...named, written: '/gallery', path: '/gallery' },
      { ...named, written: 'http 80 /x', scheme: 'http', port: 80, path: '/x' },
      { ...named, written: 'self', host: nameEntry('example.com', true, 'none').host },
      { ...named, written: 'plain' },
      { ...named, written: 'hidden' },
    ]);
    expect(matcher.find(referer('example.com', { scheme: 'https', port: 443 }))).to.equal('https');
    expect(matcher.find(referer('example.com', { port: 8080, path: '/gallery' }))).to.equal('8080');
    expect(matcher.find(referer('example.com', { path: '/gallery2?x' }))).to.equal('/gallery');
    expect(matcher.find(referer('example.com', { path: '/xyz' }))).to.equal('http 80 /x');
    expect(matcher.find(referer('example.com', { path: '/Gallery' }))).to.equal('self');
    expect(matcher.find(referer('a.example.com'))).to.equal('plain');
  });

  it('is decided by conditions for addresses, wildcards and any host as well', () => {
    const entries = [network('192.0.2.0/24'), wildcard('a*.example.com'), wildcard('www.*'), anyHost];
    const matcher = index([
      ...entries.map((entry) => ({ ...entry, port: 81 })),
      { ...anyHost, written: 'last', port: 82 },
    ]);
    for (const [place, name] of ['192.0.2.9', 'ab.example.com', 'www.x', 'other'].entries()) {
      expect(matcher.find(referer(name, { port: 81 }))).to.equal(entries[place]?.written);
      expect(matcher.find(referer(name, { port: 82 }))).to.equal('last');
      expect(matcher.find(referer(name))).to.equal(undefined);
    }
  });

  it('is a regular expression that stands before what else matches', () => {
    const builder = new EntryIndexBuilder();
    builder.addRegex('~^www', { pattern: '^www', instructions: 5 });
    builder.add(host('example.com'));
    builder.addRegex('~example', { pattern: 'example', instructions: 9 });
    builder.add(network('192.0.2.1'));
    builder.addRegex('~2$', { pattern: '2$', instructions: 4 });
    const matcher = builder.build();
    expect(matcher.size).to.equal(5);
    expect(matcher.isDear).to.equal(true);
    expect(matcher.find(referer('www.example.com'))).to.equal('~^www');
    expect(matcher.find(referer('a.example.com'))).to.equal('example.com');
    expect(matcher.find(referer('example.net'))).to.equal('~example');
    expect(matcher.find(referer('192.0.2.1', { sent: '192.0.2.2' }))).to.equal('192.0.2.1');
    expect(matcher.find(referer('192.0.2.9', { sent: '192.0.2.2' }))).to.equal('~2$');
    expect(matcher.find(referer('other.net'))).to.equal(undefined);
    expect(matcher.find(referer('a..example'))).to.equal(undefined);
  });

  it('never is one with a port for a scheme that has none', () => {
    const app = { scheme: 'android-app', port: undefined, path: '' };
    const named = host('com.example');
    const matcher = index([
      { ...named, port: 0 },
      { ...named, path: '/' },
      { ...named, written: 'app', scheme: 'android-app' },
    ]);
    expect(matcher.find(referer('com.example', app))).to.equal('app');
    expect(matcher.find(referer('com.example', { ...app, scheme: 'ios-app' }))).to.equal(undefined);
  });
});
