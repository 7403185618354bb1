import { expect } from 'chai';
import { OssCover } from '#refgate/rules/lint/oss-cover.js';

const textsOf = (texts: readonly string[]) => texts.map((text, position) => ({ text, path: [position] }));

/** Lists, and for each entry the one that covers it. */
const vectors: [list: readonly string[], covers: readonly (string | undefined)[]][] = [
  [
    ['http://a.example', 'http://a.example/', 'HTTP://A.EXAMPLE/x?y', 'https://a.example/'],
    [undefined, 'http://a.example', 'http://a.example', undefined],
  ],
  [
    ['http://b.example/', 'http://b.example/'],
    [undefined, 'http://b.example/'],
  ],
  [
    ['http://b.example/*', 'http://b.example/'],
    [undefined, 'http://b.example/*'],
  ],
  [
    ['*.a.example/', '*.a.example/', 'http://x.a.example/'],
    [undefined, '*.a.example/', undefined],
  ],
  [
    ['*', 'http://b.example/', '*.c.example'],
    [undefined, '*', '*'],
  ],
  [
    ['a', 'ab', 'abc', 'b', 'bb', 'ac'],
    [undefined, 'a', 'a', undefined, 'b', 'a'],
  ],
  [
    ['http://a?.example', 'http://ab.example'],
    [undefined, undefined],
  ],
  [[], []],
];

describe('entries of the oss dialect that begin others', () => {
  for (const [list, covers] of vectors) {
    it(JSON.stringify(list), () => {
      const items = textsOf(list);
      const cover = new OssCover(items);
      expect(items.map((item) => cover.find(item)?.text)).to.deep.equal(covers);
    });
  }

  it('are looked up from another list too', () => {
    const cover = new OssCover(textsOf(['http://a.example', '*.b.example']));
    const found = (text: string) => cover.find({ text, path: ['other'] })?.text;
    expect(found('http://a.example')).to.equal('http://a.example');
    expect(found('http://a.example/x')).to.equal('http://a.example');
    expect(found('*.B.example')).to.equal('*.b.example');
    expect(found('http://0.example')).to.equal(undefined);
    expect(found('https://a.example')).to.equal(undefined);
  });
});
