import { expect } from 'chai';
import { EntryIndexBuilder } from '#refgate/match/entry-index-builder.js';
import { COLLIDING, host, index, nameEntry, referer, wildcard } from './entries.js';

describe('entry index: pages of one site', () => {
  const pages = Array.from({ length: 20_000 }, (_, page) => ({
    ...host('video.example'),
    written: `video.example/@${page}/`,
    path: `/@${page}/`,
  }));

  for (const seed of [undefined, COLLIDING]) {
    it(`finds each by its path${seed ? ', also where all hashes collide' : ''}`, () => {
      const matcher = index(seed ? pages.slice(0, 300) : pages, seed);
      for (let page = 0; page < matcher.size; page += 7) {
        expect(matcher.find(referer('www.video.example', { path: `/@${page}/x?y` }))).to.equal(pages[page]?.written);
      }
      expect(matcher.find(referer('video.example', { path: '/@1' }))).to.equal(undefined);
      expect(matcher.find(referer('video.example', { path: '' }))).to.equal(undefined);
    });
  }

  it('gives the first in list order among pages and others', () => {
    const some = pages.slice(0, 20);
    const at = (path: string, rest = {}): string | undefined =>
      index([
        { ...host('video.example'), written: 'https', scheme: 'https' },
        ...some,
        { ...host('video.example'), written: 'beginning', path: '/@' },
        { ...host('video.example'), written: '81', port: 81 },
        { ...host('video.example'), written: 'later', path: '/@3/x' },
        { ...nameEntry('video.example', true, 'none'), written: 'again', path: '/@' },
        { ...host('video.example'), written: 'all' },
      ]).find(referer('video.example', { path, ...rest }));
    expect(at('/@3/x')).to.equal(some[3]?.written);
    expect(at('/@3/', { scheme: 'https' })).to.equal('https');
    expect(at('/@33/')).to.equal('beginning');
    expect(at('/x', { port: 81 })).to.equal('81');
    expect(at('/x')).to.equal('all');
  });
});

describe('entry index: many wildcards with one suffix', () => {
  const brands = Array.from({ length: 5000 }, (_, brand) => wildcard(`brand${brand}-*.com`));
  const networks = Array.from({ length: 5000 }, (_, brand) => wildcard(`*-brand${brand}.com`, true));

  for (const seed of [undefined, COLLIDING]) {
    it(`finds each by the ends of a label${seed ? ', also where all hashes collide' : ''}`, () => {
      const taken = seed ? 200 : 5000;
      const matcher = index([...brands.slice(0, taken), ...networks.slice(0, taken), wildcard('*x*.com')], seed);
      for (let brand = 0; brand < taken; brand += 7) {
        expect(matcher.find(referer(`brand${brand}-.com`))).to.equal(`brand${brand}-*.com`);
        expect(matcher.find(referer(`y.a-brand${brand}.com`))).to.equal(`*-brand${brand}.com`);
        expect(matcher.find(referer(`y.brand${brand}-a.com`))).to.equal(undefined);
      }
      expect(matcher.find(referer('ax.com'))).to.equal('*x*.com');
      expect(matcher.find(referer('com'))).to.equal(undefined);
    });
  }
});

describe('entry index: cost', () => {
  it('grows neither with repetitions in the list nor with a host of 16 KB', () => {
    const builder = new EntryIndexBuilder();
    for (let line = 0; line < 100_000; line++) builder.add(host('a.example'));
    for (const labels of ['**.a.**.b.**', 'a.b.*', '*.b.a.**.*', '*a*a*a*b.**', '**.*a*a*a*b.example']) {
      builder.add(wildcard(labels, true));
    }
    const matcher = builder.build();
    const hosts = ['a.'.repeat(8000), 'a.b.'.repeat(4000), 'a'.repeat(16_000)].map((name) => `${name}example`);
    // Each of these would take minutes, or for ever, if anything in it were quadratic in the host or exponential.
    for (const name of hosts) for (let again = 0; again < 20; again++) matcher.find(referer(name));
    expect(matcher.find(referer('x.a.example'))).to.equal('a.example');
  });
});
