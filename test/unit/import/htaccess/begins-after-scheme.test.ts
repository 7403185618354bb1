import { expect } from 'chai';
import { beginsAfterScheme } from '#refgate/import/htaccess/begins-after-scheme.js';

describe('beginsAfterScheme', () => {
  for (const [expression, expected] of [
    ['evil', true],
    [String.raw`evil\.example`, true],
    ['semalt', true],
    ['google\\.[a-z]+', true],
    ['casino|poker', false],
    ['http', false],
    ['ps', false],
    ['s', false],
    ['//evil', false],
    ['://', false],
    ['.*evil', false],
    ['^evil', false],
    ['e?vil', false],
    ['[e]vil', false],
    ['(evil)', false],
    [String.raw`\w+`, false],
    ['', false],
  ] as const) {
    it(`says ${expected} of ${JSON.stringify(expression)}`, () => {
      expect(beginsAfterScheme(expression)).to.equal(expected);
    });
  }
});
