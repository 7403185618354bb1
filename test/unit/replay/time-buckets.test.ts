import { expect } from 'chai';
import { TimeBuckets } from '#refgate/replay/time-buckets.js';

const minute = 60_000;
const start = Date.UTC(2026, 10, 22);

describe('counts over time', () => {
  it('are by minute at first, in order of time, whatever the order of the log', () => {
    const times = new TimeBuckets();
    for (const at of [5, 0, 5.5]) times.add(start + at * minute, at > 5);
    expect(times.width).to.equal(minute);
    expect(times.list()).to.deep.equal([
      { from: start, lines: 1, denied: 0 },
      { from: start + 5 * minute, lines: 2, denied: 1 },
    ]);
  });

  it('are by longer stretches when a log is longer, and lose no line', () => {
    const times = new TimeBuckets();
    const days = 30;
    for (let at = 0; at < days * 24 * 60; at += 7) times.add(start + at * minute, at % 2 === 0);
    const buckets = times.list();
    const sum = (of: 'lines' | 'denied'): number => buckets.reduce((total, bucket) => total + bucket[of], 0);
    expect(sum('lines')).to.equal(Math.ceil((days * 24 * 60) / 7));
    expect(sum('denied')).to.equal(Math.ceil(sum('lines') / 2));
    expect(buckets.length).to.be.within(100, 180);
    expect(buckets.every(({ from }) => from % times.width === 0)).to.equal(true);
  });

  it('stay bounded for times thousands of years apart', () => {
    const times = new TimeBuckets();
    for (let year = 1000; year < 9999; year++) times.add(Date.UTC(year, 0, 1), true);
    expect(times.list().length).to.be.below(10_000);
  });
});
