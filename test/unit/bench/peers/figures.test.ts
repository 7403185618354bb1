import { expect } from 'chai';
import { figure, keptUp, median, ratio } from '../../../bench/peers/report/figures.js';
import { sample } from './sample.js';

describe('figures of the bench of peers', () => {
  it('takes the middle, and nothing of nothing', () => {
    expect(median([30, 1, 2])).to.equal(2);
    expect(median([])).to.be.NaN;
  });

  it('takes ratios within a round, so that a slow round counts for both alike', () => {
    const samples = [
      sample({ peer: 'a', round: 0, cpu: 10 }),
      sample({ peer: 'b', round: 0, cpu: 20 }),
      sample({ peer: 'a', round: 1, cpu: 100 }),
      sample({ peer: 'b', round: 1, cpu: 200 }),
      sample({ peer: 'a', round: 2, cpu: 12 }),
      sample({ peer: 'b', round: 2, cpu: 12 }),
    ];
    const cell = { peer: 'b', size: 10, rate: 1_000 };
    expect(ratio({ samples }, cell, 'cpu', 'a')).to.equal(2);
    expect(figure({ samples }, cell, 'cpu')).to.equal(20);
  });

  it('leaves out rounds that the other was not in', () => {
    const samples = [sample({ peer: 'b', round: 0, cpu: 20 })];
    expect(ratio({ samples }, { peer: 'b', size: 10, rate: 1_000 }, 'cpu', 'a')).to.be.NaN;
  });

  it('knows who could not answer what was due', () => {
    const samples = [sample({ peer: 'a', perSecond: 960 }), sample({ peer: 'b', perSecond: 940 })];
    expect(keptUp({ samples }, { peer: 'a', size: 10, rate: 1_000 })).to.equal(true);
    expect(keptUp({ samples }, { peer: 'b', size: 10, rate: 1_000 })).to.equal(false);
  });
});
