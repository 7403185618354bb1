import { expect } from 'chai';
import { readPlainUrl } from '#refgate/referer/plain-url.js';

describe('readPlainUrl', () => {
  const plain: readonly [text: string, host: string, port: number | undefined][] = [
    ['https://www.shop.example/page?x=1#top', 'www.shop.example', undefined],
    ['http://shop.example', 'shop.example', undefined],
    ['http://shop_1.example?x', 'shop_1.example', undefined],
    ['http://localhost:8080/', 'localhost', 8080],
    ['https://a.example:443/\\@b.example', 'a.example', 443],
  ];
  for (const [text, host, port] of plain) {
    it(`takes ${text} for plain`, () => {
      expect(readPlainUrl(text)).to.deep.include({ host, port });
    });
  }

  const unusual = [
    'HTTP://a.example/',
    'http://A.example/',
    'http://a.example./',
    'http://.a.example/',
    'http://a..example/',
    'http://192.0.2.1/',
    'http://a.0x1/',
    'http://xn--a.example/',
    'http://user@a.example/',
    'http://a.example:80@b.example/',
    'http://a.example\\@b.example/',
    'http://a.exa\tmple/',
    'http://a.example:/',
    'http://a.example:65536/',
    'http://a.example:000080/',
    'http://é.example/',
    'http:///a.example/',
    'http://',
    'ftp://a.example/',
    '',
  ];
  for (const text of unusual) {
    it(`leaves ${JSON.stringify(text)} to Node`, () => {
      expect(readPlainUrl(text)).to.equal(undefined);
    });
  }
});
