import { expect } from 'chai';
import { lowerCase, upperCase } from '#refgate/decide/usual-case.js';

describe('usual case', () => {
  for (const text of ['', 'GET', 'get', 'gEt', 'M-SEARCH', '@[`{', 'straße', 'İ', 'ſ', 'https', 'h2c']) {
    it(`gives ${JSON.stringify(text)} as JavaScript does`, () => {
      expect([lowerCase(text), upperCase(text)]).to.deep.equal([text.toLowerCase(), text.toUpperCase()]);
    });
  }
});
