import { expect } from 'chai';
import { Debounce } from '#refgate/rules/reload/debounce.js';
import { ManualTimers } from '../../../support/manual-timers.js';

describe('Debounce', () => {
  let timers: ManualTimers;
  let runs: number;
  let debounce: Debounce;

  beforeEach(() => {
    timers = new ManualTimers();
    runs = 0;
    debounce = new Debounce(
      () => {
        runs += 1;
      },
      { quietMs: 100, longestMs: 2_000 },
      timers,
    );
  });

  it('runs once when a hint is followed by quiet', () => {
    debounce.hint();
    timers.pass(99);
    expect(runs).to.equal(0);
    timers.pass(1);
    expect(runs).to.equal(1);
    timers.pass(10_000);
    expect(runs).to.equal(1);
  });

  it('waits for the end of a burst', () => {
    for (let hints = 0; hints < 10; hints += 1) {
      debounce.hint();
      timers.pass(99);
    }
    expect(runs).to.equal(0);
    timers.pass(1);
    expect(runs).to.equal(1);
  });

  it('waits no longer than the longest wait, in every burst anew', () => {
    for (let ms = 0; ms < 10_000; ms += 10) {
      debounce.hint();
      timers.pass(10);
    }
    expect(runs).to.equal(5);
  });

  it('counts the longest wait from the first hint of a burst', () => {
    debounce.hint();
    timers.pass(100);
    expect(runs).to.equal(1);
    timers.pass(1_850);
    debounce.hint();
    timers.pass(99);
    expect(runs).to.equal(1);
    timers.pass(1);
    expect(runs).to.equal(2);
  });

  it('leaves no timer behind', () => {
    debounce.hint();
    debounce.hint();
    timers.pass(100);
    expect(timers.pending).to.equal(0);
  });

  it('forgets what was hinted when it is cancelled, and hears what follows', () => {
    debounce.hint();
    debounce.cancel();
    timers.pass(10_000);
    expect(runs).to.equal(0);
    debounce.hint();
    timers.pass(100);
    expect(runs).to.equal(1);
  });

  it('may be hinted from within its run', () => {
    const again = new Debounce(
      () => {
        runs += 1;
        if (runs === 1) {
          again.hint();
        }
      },
      { quietMs: 100, longestMs: 2_000 },
      timers,
    );
    again.hint();
    timers.pass(200);
    expect(runs).to.equal(2);
  });
});
