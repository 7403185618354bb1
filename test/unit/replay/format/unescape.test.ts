import { expect } from 'chai';
import { unescapeText } from '#refgate/replay/format/unescape.js';

describe('unescapeText', () => {
  const cases: readonly (readonly [logged: string, sent: string, why: string])[] = [
    ['https://shop.example/', 'https://shop.example/', 'nothing to decode'],
    ['\\x22\\x5C\\x1B', '"\\\x1b', 'nginx writes quote, backslash and control characters so'],
    ['http://\\xD0\\xBF\\xD1\\x80.example/', 'http://пр.example/', 'and every byte of UTF-8'],
    ['\\xe4\\xb8\\xad', '中', 'Apache httpd the same in lower case'],
    ['\\xFF', '\ufffd', 'a byte that is no UTF-8'],
    ['\\"quoted\\"', '"quoted"', 'Apache httpd writes quotes so'],
    ['a\\\\b', 'a\\b', 'and backslashes'],
    ['\\\\x41', '\\x41', 'an escaped backslash before an x is no byte'],
    ['\\n\\t\\r\\b\\v', '\n\t\r\b\v', 'and its letters for control characters'],
    ['\\q \\x4 \\', '\\q \\x4 \\', 'what is no escape stays'],
  ];
  for (const [logged, sent, why] of cases) {
    it(`${JSON.stringify(logged)}: ${why}`, () => expect(unescapeText(logged)).to.equal(sent));
  }
});
