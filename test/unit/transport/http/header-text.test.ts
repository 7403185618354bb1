import { expect } from 'chai';
import { decodeHeaderText, encodeHeaderText } from '#refgate/transport/http/header-text.js';

describe('header text', () => {
  for (const text of ['', 'plain', 'Grüße', '世界', '\u{1f980}', 'a\tb']) {
    it(`survives the way out and back: "${text}"`, () => {
      expect(encodeHeaderText(text)).to.match(/^[\0-\xff]*$/);
      expect(decodeHeaderText(encodeHeaderText(text))).to.equal(text);
    });
  }

  it('is U+FFFD for bytes that are no UTF-8', () => {
    expect(decodeHeaderText('\xff')).to.equal('\ufffd');
    expect(decodeHeaderText('a\xc3')).to.equal('a\ufffd');
    expect(decodeHeaderText('\xed\xa0\x80')).to.equal('\ufffd\ufffd\ufffd');
  });
});
