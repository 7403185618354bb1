import { expect } from 'chai';
import { SecondTime } from '#refgate/decide/second-time.js';

describe('SecondTime', () => {
  it('knows a text from its second time on', () => {
    const seen = new SecondTime(10);
    expect([1, 2, 3].map(() => seen.is('a'))).to.deep.equal([false, true, true]);
  });

  it('takes few texts for others', () => {
    const seen = new SecondTime(10_000);
    const known = Array.from({ length: 10_000 }, (_, number) => seen.is(`https://a.example/${number}`));
    expect(known.filter(Boolean)).to.have.lengthOf.below(10);
  });

  it('knows most texts again after as many others as the cache has entries', () => {
    const seen = new SecondTime(10_000);
    for (let number = 0; number < 10_000; number++) seen.is(`${number}`);
    const again = Array.from({ length: 10_000 }, (_, number) => seen.is(`${number}`));
    expect(again.filter(Boolean)).to.have.lengthOf.above(8_000);
  });

  it('knows the empty text', () => {
    const seen = new SecondTime(1);
    expect([seen.is(''), seen.is('')]).to.deep.equal([false, true]);
  });
});
