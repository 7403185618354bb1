import { expect } from 'chai';
import { printable, printableJson, shortened } from '#refgate/printable.js';

describe('printable', () => {
  const shown: readonly (readonly [text: string, shown: string])[] = [
    ['https://ä.example/中?"<', 'https://ä.example/中?"<'],
    ['\x1b[2J', '\\x1b[2J'],
    ['a\nb\r\0', 'a\\x0ab\\x0d\\x00'],
    ['\x7f\x9b31m', '\\x7f\\x9b31m'],
    ['\u202egpj.exe', '\\u202egpj.exe'],
    ['\u2028\u2029\ufeff', '\\u2028\\u2029\\ufeff'],
    ['\u{e0041}', '\\u{e0041}'],
    ['\ud800 \uffff', '\\ud800 \\uffff'],
  ];
  for (const [text, expected] of shown) {
    it(`shows ${JSON.stringify(text)} as ${expected}`, () => expect(printable(text)).to.equal(expected));
  }

  it('leaves the meaning of JSON as it is, and no control character in it but the line ends between', () => {
    const value = { text: shown.map(([text]) => text).join('') };
    const json = printableJson(JSON.stringify(value, null, 2));
    expect(JSON.parse(json)).to.deep.equal(value);
    expect(json.replaceAll('\n', '')).to.not.match(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
  });

  it('shortens what is longer than it may be', () => {
    expect([shortened('abc', 3), shortened('abcd', 3)]).to.deep.equal(['abc', 'ab…']);
  });
});
