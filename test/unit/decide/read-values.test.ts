import { expect } from 'chai';
import { readCookies, readParameters } from '#refgate/decide/read-values.js';

describe('readParameters', () => {
  const queries = [
    'a=1&b=2',
    'a',
    'a=',
    '=1',
    '&&a=1&',
    'a=1=2',
    'a+b=%2B%20+',
    'a=%zz%4',
    'a=%ff%C3%A4',
    '?a=1',
    'a=1;b=2',
    '%61=1&a=2',
  ];
  for (const query of queries) {
    it(`reads ${query} as WHATWG URL does`, () => {
      const pairs = [...readParameters(query)].flatMap(([name, values]) => values.map((value) => [name, value]));
      expect(pairs).to.deep.equal([...new URL(`http://h/?${query}`).searchParams]);
    });
  }

  it('finds nothing in no query', () => {
    expect(readParameters(undefined).size + readParameters('').size).to.equal(0);
  });

  it('keeps names that mean something to JavaScript', () => {
    expect([...readParameters('__proto__=1&constructor=2').keys()]).to.deep.equal(['__proto__', 'constructor']);
  });
});

describe('readCookies', () => {
  const headers: readonly (readonly [lines: readonly string[], cookies: Record<string, readonly string[]>])[] = [
    [['a=1; b=2'], { a: ['1'], b: ['2'] }],
    [['a=1;b=2'], { a: ['1'], b: ['2'] }],
    [['a=1', 'b=2; a=3'], { a: ['1', '3'], b: ['2'] }],
    [[' a = 1 ;\tb=\t'], { a: ['1'], b: [''] }],
    [['a="x y"; b=%20+'], { a: ['"x y"'], b: ['%20+'] }],
    [['a=1=2=='], { a: ['1=2=='] }],
    [['a; =b; ;'], { '': ['b'] }],
    [[''], {}],
  ];
  for (const [lines, cookies] of headers) {
    it(`reads ${JSON.stringify(lines)}`, () => {
      expect(Object.fromEntries(readCookies(lines))).to.deep.equal(cookies);
    });
  }

  it('finds nothing without a Cookie header', () => {
    expect(readCookies(undefined).size).to.equal(0);
  });
});
