import { expect } from 'chai';
import { normaliseQuery } from '#refgate/referer/normalise-query.js';

describe('normaliseQuery', () => {
  const spellings: readonly [written: string, normal: string][] = [
    ['', ''],
    ['a=b&c=/x?y:@!$()*+,;', 'a=b&c=/x?y:@!$()*+,;'],
    ["by='{é}'", 'by=%27%7B%C3%A9%7D%27'],
    ['by=%27%7b%c3%a9%7d%27', 'by=%27%7B%C3%A9%7D%27'],
    ['%7Ea%2d%5f%2E%41', '~a-_.A'],
    ['a%26b%3dc%2f', 'a%26b%3Dc%2F'],
    ['100%&%zz&%4', '100%&%zz&%4'],
    ['\ud800\u{1f600}', '%EF%BF%BD%F0%9F%98%80'],
    ['\t', '%09'],
  ];
  for (const [written, normal] of spellings) {
    it(`brings ${JSON.stringify(written)} into one spelling, and leaves that as it is`, () => {
      expect(normaliseQuery(written)).to.equal(normal);
      expect(normaliseQuery(normal)).to.equal(normal);
    });
  }

  it('agrees with WHATWG URL on what that escapes', () => {
    for (let code = 0; code < 0x100; code++) {
      const query = `a${String.fromCharCode(code)}b`;
      const url = new URL('http://h/');
      url.search = query;
      // Tab and line breaks vanish in a URL, and an empty query has no question mark.
      if (!'\t\n\r'.includes(query.charAt(1))) {
        expect(normaliseQuery(url.search.slice(1)), String(code)).to.equal(normaliseQuery(query));
      }
    }
  });
});
