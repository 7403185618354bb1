import { expect } from 'chai';
import { sameText } from '#refgate/manage/same-text.js';

describe('sameText', () => {
  for (const [one, other, same] of [
    ['', '', true],
    ['secret', 'secret', true],
    ['secret', 'secreT', false],
    ['secret', 'secret ', false],
    ['secret', '', false],
    ['a', 'a'.repeat(100_000), false],
    ['é', 'e\u0301', false],
  ] as const) {
    it(`${JSON.stringify(one.slice(0, 10))} and ${JSON.stringify(other.slice(0, 10))}: ${same}`, () => {
      expect(sameText(one, other)).to.equal(same);
    });
  }
});
