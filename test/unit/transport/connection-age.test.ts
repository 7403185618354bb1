import { expect } from 'chai';
import { connectionAgeMs } from '#refgate/transport/connection-age.js';

describe('the age of a connection', () => {
  it('is what the flag says, a tenth more or less', () => {
    expect([0, 0.5, 1].map((fraction) => Math.round(connectionAgeMs(300, fraction)))).to.deep.equal([
      270_000, 300_000, 330_000,
    ]);
  });

  it('is 0 for ever', () => {
    expect(connectionAgeMs(0, 1)).to.equal(0);
  });
});
