import { expect } from 'chai';
import { BackOff } from '#refgate/cluster/back-off.js';

const times = { firstMs: 200, longestMs: 1_000, healthyMs: 5_000 };

describe('BackOff', () => {
  it('does not wait the first time, and then twice as long each time, up to a bound', () => {
    const backOff = new BackOff(times);
    expect([1, 1, 1, 1, 1, 1].map((livedMs) => backOff.next(livedMs))).to.deep.equal([0, 200, 400, 800, 1_000, 1_000]);
  });

  it('begins anew after a worker that lived for a while', () => {
    const backOff = new BackOff(times);
    expect([1, 1, 1, 5_000, 1].map((livedMs) => backOff.next(livedMs))).to.deep.equal([0, 200, 400, 0, 200]);
  });
});
