import { expect } from 'chai';
import { hasTopAlternatives, splitScheme } from '#refgate/import/regex/split-scheme.js';

describe('splitScheme', () => {
  const both = [
    '^https?://',
    String.raw`^https?:\/\/`,
    String.raw`^https?\://`,
    '^http(s)?://',
    '^http(?:s)?://',
    '^http[s]?://',
    '^http(s|)://',
    '^http(|s)://',
    '^https*://',
    '^(https?)://',
    '^(http|https)://',
    '^(?:https|http)://',
  ];
  for (const beginning of both) {
    it(`takes ${beginning} for both schemes`, () => {
      expect(splitScheme(`${beginning}a`)).to.deep.equal({ schemes: 'both', rest: 'a', isSlip: false });
    });
  }

  it('tells one scheme from the other, and the slip', () => {
    expect(splitScheme('^http://a')).to.deep.equal({ schemes: 'http', rest: 'a', isSlip: false });
    expect(splitScheme('^https://a')).to.deep.equal({ schemes: 'https', rest: 'a', isSlip: false });
    expect(splitScheme('^http?://a')).to.deep.equal({ schemes: 'http', rest: 'a', isSlip: true });
  });

  for (const other of ['https?://a', '^ftp://a', '^http:/a', '^.*://a', '^https?://a|b', '^(http://a|https://b)']) {
    it(`leaves ${other} alone`, () => expect(splitScheme(other)).to.equal(undefined));
  }
});

describe('hasTopAlternatives', () => {
  for (const [expression, expected] of [
    ['a|b', true],
    ['(a|b)', false],
    ['(a|b)|c', true],
    ['[|]', false],
    ['[]|]', false],
    ['\\|', false],
    ['\\(a|b\\)', true],
  ] as const) {
    it(`says ${expected} of ${expression}`, () => expect(hasTopAlternatives(expression)).to.equal(expected));
  }
});
