import { expect } from 'chai';
import { readOptions } from '../../../bench/peers/options.js';

describe('options of the bench of peers', () => {
  it('measures four lengths at three rates by default, and writes nothing', () => {
    const { sizes, rates, only, write } = readOptions([]);
    expect({ sizes, rates, only, write }).to.deep.equal({
      sizes: [10, 1_000, 100_000, 1_000_000],
      rates: [1_000, 3_000, 10_000],
      only: [],
      write: false,
    });
  });

  it('takes lists with commas, and numbers with underscores', () => {
    const { sizes, only, rounds } = readOptions(['--sizes', '10,1_000', '--only', 'go,rust', '--rounds', '5']);
    expect({ sizes, only, rounds }).to.deep.equal({ sizes: [10, 1_000], only: ['go', 'rust'], rounds: 5 });
  });

  it('refuses what is no number', () => {
    expect(() => readOptions(['--sizes', '10,many'])).to.throw(RangeError);
    expect(() => readOptions(['--rounds', '0'])).to.throw(RangeError);
  });
});
