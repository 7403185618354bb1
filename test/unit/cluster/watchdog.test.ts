import { expect } from 'chai';
import { Watchdog } from '#refgate/cluster/watchdog.js';
import type { WorkerSlot } from '#refgate/cluster/worker-slot.js';
import { ManualTimers } from '../../support/manual-timers.js';

describe('Watchdog', () => {
  const hangs = { id: 1, isUp: true } as WorkerSlot;
  const lives = { id: 2, isUp: true } as WorkerSlot;
  const boots = { id: 3, isUp: false } as WorkerSlot;
  let timers: ManualTimers;
  let watchdog: Watchdog;
  let silent: number[];
  let time: number;

  beforeEach(() => {
    timers = new ManualTimers();
    silent = [];
    time = 0;
    const workers = [hangs, lives, boots];
    watchdog = new Watchdog({ workers, timers, now: () => time, onSilent: ({ id }) => silent.push(id) });
    watchdog.start();
  });

  /** In each second one of them says something. */
  function pass(seconds: number): void {
    for (let second = 0; second < seconds; second++) {
      watchdog.heard(lives);
      time += 1_000;
      timers.pass(1_000);
    }
  }

  it('tells of a worker that has said nothing for ten seconds, and of no other', () => {
    pass(9);
    expect(silent).to.deep.equal([]);
    pass(1);
    expect(silent).to.deep.equal([1]);
  });

  it('counts anew from each word', () => {
    pass(9);
    watchdog.heard(hangs);
    pass(9);
    expect(silent).to.deep.equal([]);
  });

  it('counts anew when it could not look itself', () => {
    pass(9);
    time += 60_000;
    pass(9);
    expect(silent).to.deep.equal([]);
    pass(1);
    expect(silent).to.deep.equal([1]);
  });

  it('says nothing any more once it is stopped', () => {
    watchdog.stop();
    pass(20);
    expect(silent).to.deep.equal([]);
    expect(timers.pending).to.equal(0);
  });
});
