import { expect } from 'chai';
import { LogLimit } from '#refgate/observe/log-limit.js';

describe('LogLimit', () => {
  let now = 0;
  const limit = () => new LogLimit(10, () => now);

  it('lets one line of a kind through in each interval, and says how many were held back', () => {
    const lines = limit();
    expect([lines.admit('a'), lines.admit('a'), lines.admit('b'), lines.admit('a')]).to.deep.equal([
      0,
      undefined,
      0,
      undefined,
    ]);
    now += 10;
    expect([lines.admit('a'), lines.admit('a')]).to.deep.equal([2, undefined]);
  });

  it('goes on when the clock of the machine is set back', () => {
    const { now: wallClock } = Date;
    const lines = new LogLimit(0);
    try {
      expect(lines.admit('a')).to.equal(0);
      Date.now = () => wallClock() - 3_600_000;
      expect(lines.admit('a')).to.equal(0);
    } finally {
      Date.now = wallClock;
    }
  });

  it('takes kinds without number for one, until there is room again', () => {
    const lines = limit();
    const admitted = Array.from({ length: 10_000 }, (_, n) => lines.admit(`kind ${n}`)).filter((held) => held === 0);
    expect(admitted).to.have.length(101);
    now += 10;
    expect(lines.admit('another')).to.equal(0);
    expect(lines.admit('another')).to.equal(undefined);
  });
});
