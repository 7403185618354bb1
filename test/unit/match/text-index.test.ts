import { expect } from 'chai';
import { TextIndexBuilder } from '#refgate/match/text-index-builder.js';
import type { EntryMatcher } from '#refgate/model/matchers.js';

function indexOf(entries: readonly string[]): EntryMatcher<string> {
  const builder = new TextIndexBuilder();
  for (const entry of entries) builder.add(entry);
  return builder.build();
}

function find(entries: readonly string[], referer: string): string | undefined {
  return indexOf(entries).find(referer);
}

describe('an index of texts', () => {
  const covered: [entry: string, referer: string][] = [
    ['http://a.example', 'http://a.example'],
    ['http://a.example', 'http://a.example.evil.example/'],
    ['HTTP://A.example', 'http://a.EXAMPLE/x'],
    ['*', 'anything'],
    ['**', 'x'],
    ['http://a.example/*', 'http://a.example/'],
    ['*.a.example', '://.a.example'],
    ['*.a.example', 'https://x.y/z.a.example?'],
    ['?ttp', 'http'],
    ['?', '😀'],
    ['?b', 'äb'],
    ['*?b', 'äb'],
    ['Ä*ß', 'äxxß'],
    ['ΑΣ', 'ασα'],
    ['İ?', 'İx'],
    ['mibrowser:home', 'mibrowser:home'],
    ['阿里', '阿里巴巴'],
    ['a b~c', 'a b~cd'],
    ['a*b*c', 'axcxbxxc'],
  ];
  for (const [entry, referer] of covered) {
    it(`${entry} covers ${referer}`, () => expect(find([entry], referer)).to.equal(entry));
  }

  const notCovered: [entry: string, referer: string][] = [
    ['http://a.example/', 'http://a.example'],
    ['http://a.example', 'https://a.example'],
    ['*.a.example', 'http://a.example'],
    ['a?', 'a'],
    ['??', '😀'],
    ['*??b', 'äb'],
    ['a.b', 'axb'],
    ['a[b]', 'ab'],
    ['阿里', '阿'],
    ['a*b*c', 'axcxb'],
  ];
  for (const [entry, referer] of notCovered) {
    it(`${entry} does not cover ${referer}`, () => expect(find([entry], referer)).to.equal(undefined));
  }

  it('tells the first entry of the list that covers, as it was written', () => {
    const entries = ['x', 'A.example/b*', 'a.*', 'a', 'a.example/b'];
    expect(find(entries, 'a.example/bc')).to.equal('A.example/b*');
    expect(find(entries, 'a.example/')).to.equal('a.*');
    expect(find(entries, 'ab')).to.equal('a');
  });

  it('of two entries that say the same, tells the first', () => {
    expect(find(['A/**', 'a/', 'a/*'], 'a/')).to.equal('A/**');
  });

  it('is dear to ask if it has globs, and not if it has beginnings of a text alone', () => {
    const of = (...entries: string[]) => {
      const builder = new TextIndexBuilder();
      for (const entry of entries) builder.add(entry);
      return builder.build().isDear;
    };
    expect([of(), of('http://a.example', '*'), of('http://a.example', '*.b.example')]).to.deep.equal([
      false,
      false,
      true,
    ]);
  });

  it('finds nothing in an empty list', () => {
    const index = new TextIndexBuilder().build();
    expect(index.size).to.equal(0);
    expect(index.find('x')).to.equal(undefined);
  });

  it('finds each of 3,000 globs, and those without four fixed characters in a row', () => {
    const globs = Array.from({ length: 3_000 }, (_, number) => `*.site${number}.example/`);
    const index = indexOf([...globs.slice(0, 100), '*q?q', ...globs.slice(100)]);
    for (const [number, glob] of globs.entries()) {
      expect(index.find(`https://www.site${number}.example/x`)).to.equal(glob);
    }
    expect(index.find('https://q/qxq')).to.equal('*q?q');
    expect(index.find('https://www.site50.example/qxq')).to.equal('*.site50.example/');
    expect(index.find('https://www.site500.example/qxq')).to.equal('*q?q');
    expect(index.find('https://www.site3000.example/')).to.equal(undefined);
  });
});
