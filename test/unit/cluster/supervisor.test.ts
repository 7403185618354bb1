import { expect } from 'chai';
import { Supervisor, type WorkerLoss } from '#refgate/cluster/supervisor.js';
import type { Settings } from '#refgate/settings.js';
import { ManualTimers } from '../../support/manual-timers.js';
import { ScriptedWorkers } from '../../support/scripted-workers.js';

describe('Supervisor', () => {
  let processes: ScriptedWorkers;
  let timers: ManualTimers;
  let losses: (WorkerLoss & { readonly worker: number })[];
  let gone: number[];
  let supervisor: Supervisor;
  let time: number;

  beforeEach(() => {
    processes = new ScriptedWorkers();
    timers = new ManualTimers();
    losses = [];
    gone = [];
    time = 0;
    supervisor = new Supervisor({
      workers: 2,
      settings: {} as Settings,
      start: processes.start,
      timers,
      now: () => time,
      listener: {
        up: () => undefined,
        message: () => undefined,
        line: () => undefined,
        lost: ({ id }, loss) => losses.push({ worker: id, ...loss }),
        gone: ({ id }) => gone.push(id),
      },
    });
    supervisor.start();
  });

  it('starts each worker with its number and the settings', () => {
    expect(processes.started.map((process) => process.told)).to.deep.equal([
      [{ kind: 'start', worker: 1, settings: {} }],
      [{ kind: 'start', worker: 2, settings: {} }],
    ]);
  });

  it('replaces one that ends at once, in its place', () => {
    processes.at(1).end({ code: null, signal: 'SIGKILL' });
    expect(losses).to.deep.equal([{ worker: 2, code: null, signal: 'SIGKILL', pid: 1_001, restartMs: 0 }]);
    expect(gone).to.deep.equal([2]);
    timers.pass(0);
    expect(processes.at(2).told).to.deep.equal([{ kind: 'start', worker: 2, settings: {} }]);
    expect(supervisor.workers.map(({ pid, restarts }) => [pid, restarts])).to.deep.equal([
      [1_000, 0],
      [1_002, 1],
    ]);
  });

  it('waits ever longer for one that ends again and again, and leaves the others alone', () => {
    processes.at(0).end();
    timers.pass(0);
    processes.at(2).end();
    expect(losses.at(-1)).to.include({ worker: 1, code: 1, restartMs: 200 });
    expect(supervisor.workers.map(({ state }) => state)).to.deep.equal(['waiting', 'starting']);
    timers.pass(199);
    expect(processes.started).to.have.length(3);
    timers.pass(1);
    expect(processes.started).to.have.length(4);
    processes.at(3).end();
    expect(losses.at(-1)).to.include({ worker: 1, restartMs: 400 });
    expect(processes.at(1).isKilled).to.equal(false);
  });

  it('takes one that has lived for long for a sound one', () => {
    for (const place of [0, 2]) {
      processes.at(place).end();
      timers.pass(200);
    }
    time += 60_000;
    processes.at(3).end();
    expect(losses.at(-1)).to.include({ worker: 1, restartMs: 0 });
  });

  it('lets them end when it is told to, also one that was to be started', async () => {
    processes.at(0).end();
    supervisor.letEnd();
    timers.pass(60_000);
    const ended = supervisor.ended();
    processes.at(1).end({ code: 0, signal: null });
    await ended;
    expect(processes.started).to.have.length(2);
    expect(losses).to.have.length(1);
    expect(supervisor.workers.map(({ state }) => state)).to.deep.equal(['ended', 'ended']);
  });

  it('ends all at once when it has to', async () => {
    supervisor.kill();
    await supervisor.ended();
    expect(processes.started.map(({ isKilled }) => isKilled)).to.deep.equal([true, true]);
    expect(losses).to.deep.equal([]);
  });
});
