import { expect } from 'chai';
import { holdsIfMatch, holdsIfNoneMatch } from '#refgate/manage/rest/preconditions.js';

/** Header, whether If-Match holds, whether If-None-Match holds, where the tag is "a". */
const rows: [value: string | undefined, match: boolean, noneMatch: boolean][] = [
  [undefined, true, true],
  ['"a"', true, false],
  ['"b"', false, true],
  ['W/"a"', false, false],
  ['"b", "a"', true, false],
  ['"b,"a"', false, true],
  ['"b" ,, W/"x","a"', true, false],
  ['*', true, false],
  [' * ', true, false],
  ['"*"', false, true],
  ['a', false, true],
  ['', false, true],
  ['"A"', false, true],
];

describe('preconditions', () => {
  for (const [value, match, noneMatch] of rows) {
    it(`${value}: If-Match ${match ? 'holds' : 'does not hold'}, If-None-Match ${noneMatch ? 'holds' : 'does not hold'}`, () => {
      expect(holdsIfMatch({ ifMatch: value, ifNoneMatch: undefined }, '"a"')).to.equal(match);
      expect(holdsIfNoneMatch({ ifMatch: undefined, ifNoneMatch: value }, '"a"')).to.equal(noneMatch);
    });
  }

  it('of what is not there: If-Match never holds, If-None-Match always', () => {
    for (const value of ['*', '"a"', 'W/"a"']) {
      expect(holdsIfMatch({ ifMatch: value, ifNoneMatch: undefined }, undefined)).to.equal(false);
      expect(holdsIfNoneMatch({ ifMatch: undefined, ifNoneMatch: value }, undefined)).to.equal(true);
    }
  });
});
