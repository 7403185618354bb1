import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'chai';
import { ImageStore } from '#refgate/cluster/image-store.js';
import { Rollout, RolloutError } from '#refgate/cluster/rollout.js';
import { Supervisor } from '#refgate/cluster/supervisor.js';
import type { RulesImage } from '#refgate/rules/image/rules-image.js';
import type { Settings } from '#refgate/settings.js';
import { ManualTimers } from '../../support/manual-timers.js';
import type { ScriptedWorker } from '../../support/scripted-workers.js';
import { ScriptedWorkers } from '../../support/scripted-workers.js';

const image: RulesImage = { common: Uint8Array.of(1), batches: [], parts: [], policies: 1, entries: 1 };

describe('Rollout', () => {
  let processes: ScriptedWorkers;
  let timers: ManualTimers;
  let rollout: Rollout;
  let supervisor: Supervisor;
  let store: ImageStore;
  let seen: string[];
  let time: number;

  beforeEach(() => {
    processes = new ScriptedWorkers();
    timers = new ManualTimers();
    store = new ImageStore();
    seen = [];
    time = 0;
    const now = () => time;
    supervisor = new Supervisor({
      workers: 2,
      settings: {} as Settings,
      start: processes.start,
      timers,
      now,
      listener: {
        up: (worker) => void rollout.install(worker),
        message: () => undefined,
        line: () => undefined,
        lost: ({ id }) => seen.push(`lost ${id}`),
        gone: () => undefined,
      },
    });
    rollout = new Rollout({
      workers: supervisor.workers,
      store,
      timers,
      now,
      observer: {
        late: ({ id }, step) => seen.push(`late ${id} ${step}`),
        serving: ({ id }) => seen.push(`serving ${id}`),
        notInstalled: ({ id }) => seen.push(`not installed ${id}`),
        missedRules: () => seen.push('missed rules'),
      },
    });
    supervisor.start();
  });

  afterEach(async () => {
    store.removeNow();
    await store.close();
  });

  /** Waits for the primary to tell the worker a message of this kind, another than `before`. */
  function told(worker: ScriptedWorker, kind: 'prepare' | 'switch', before = 0) {
    return worker.hears(kind, ({ rollout }) => rollout > before);
  }

  /** Ends the process at this place; returns the one that takes over, which is up and has no rules yet. */
  function succeed(place: number): ScriptedWorker {
    processes.at(place).end();
    timers.pass(0);
    const successor = processes.at(processes.started.length - 1);
    successor.says({ kind: 'up' });
    return successor;
  }

  const both = () => [processes.at(0), processes.at(1)];

  async function prepares(worker: ScriptedWorker, before = 0): Promise<number> {
    const prepare = await told(worker, 'prepare', before);
    worker.says({ kind: 'prepared', rollout: prepare.rollout });
    return prepare.rollout;
  }

  async function switches(worker: ScriptedWorker, before = 0): Promise<void> {
    const { rollout: number } = await told(worker, 'switch', before);
    worker.says({ kind: 'switched', rollout: number });
  }

  /** Puts the first rules in force. */
  async function begin(): Promise<void> {
    for (const worker of both()) worker.says({ kind: 'up' });
    const published = rollout.publish(image, 1);
    await Promise.all(both().map((worker) => prepares(worker)));
    await Promise.all(both().map((worker) => switches(worker)));
    await published;
  }

  it('waits for all to boot, tells none to switch before all are ready, and measures the lag', async () => {
    const published = rollout.publish(image, 1);
    processes.at(0).says({ kind: 'up' });
    await nextTurn();
    expect(processes.at(0).last('prepare')).to.equal(undefined);
    processes.at(1).says({ kind: 'up' });
    await prepares(processes.at(0));
    await told(processes.at(1), 'prepare');
    await nextTurn();
    expect(processes.at(0).last('switch')).to.equal(undefined);
    await prepares(processes.at(1));
    await switches(processes.at(0));
    await nextTurn();
    time += 250;
    await switches(processes.at(1));
    expect(await published).to.deep.equal({ lagSeconds: 0.25 });
    expect(seen).to.have.members(['serving 1', 'serving 2']);
    expect(supervisor.workers.map(({ generation }) => generation)).to.deep.equal([1, 1]);
  });

  it('replaces a worker that is not ready 2 s after another, and goes on without it', async () => {
    await begin();
    const published = rollout.publish(image, 2);
    const number = await prepares(processes.at(0), 1);
    await told(processes.at(1), 'prepare', 1);
    await nextTurn();
    timers.pass(1_999);
    await nextTurn();
    expect(processes.at(0).last('switch')?.rollout).to.be.below(number);
    timers.pass(1);
    await switches(processes.at(0), 1);
    await published;
    expect(seen).to.include('late 2 prepare');
    expect(processes.at(1).isKilled).to.equal(true);
  });

  it('gives the others as long again as the first one took', async () => {
    await begin();
    const published = rollout.publish(image, 2);
    await told(processes.at(0), 'prepare', 1);
    time += 10_000;
    await prepares(processes.at(0), 1);
    await nextTurn();
    timers.pass(9_999);
    await prepares(processes.at(1), 1);
    for (const worker of both()) await switches(worker, 1);
    await published;
    expect(seen).not.to.include('late 2 prepare');
  });

  it('replaces a worker that does not switch within 2 s', async () => {
    await begin();
    const published = rollout.publish(image, 2);
    for (const worker of both()) await prepares(worker, 1);
    await switches(processes.at(0), 1);
    await told(processes.at(1), 'switch', 1);
    timers.pass(2_000);
    await published;
    expect(seen).to.include('late 2 switch');
  });

  it('lets nobody switch to rules that a worker cannot use', async () => {
    await begin();
    const published = rollout.publish(image, 2);
    await prepares(processes.at(0), 1);
    const { rollout: number } = await told(processes.at(1), 'prepare', 1);
    processes.at(1).says({ kind: 'refused', rollout: number, problem: 'the file is damaged' });
    const error: unknown = await published.catch((caught: unknown) => caught);
    expect(error).to.be.instanceOf(RolloutError).and.to.have.property('message').that.contains('the file is damaged');
    for (const worker of both()) {
      expect(worker.last('abandon')).to.deep.equal({ kind: 'abandon', rollout: number });
      expect(worker.last('switch')?.rollout).to.be.below(number);
    }
    expect(supervisor.workers.map(({ generation }) => generation)).to.deep.equal([1, 1]);
  });

  it('does without a worker that ends meanwhile, and gives its successor what is in force', async () => {
    await begin();
    const published = rollout.publish(image, 2);
    await told(processes.at(1), 'prepare', 1);
    const successor = succeed(1);
    await prepares(processes.at(0), 1);
    await switches(processes.at(0), 1);
    await published;
    expect(await told(successor, 'prepare')).to.include({ generation: 2 });
    await prepares(successor);
    await switches(successor);
    await nextTurn();
    expect(supervisor.workers.map(({ generation, state }) => [generation, state])).to.deep.equal([
      [2, 'serving'],
      [2, 'serving'],
    ]);
  });

  it('does not tell the successor of a worker that ended when it was ready to switch to what it has not', async () => {
    await begin();
    const published = rollout.publish(image, 2);
    await prepares(processes.at(1), 1);
    await nextTurn();
    const successor = succeed(1);
    await prepares(processes.at(0), 1);
    await switches(processes.at(0), 1);
    await published;
    await prepares(successor);
    expect(successor.told.map(({ kind }) => kind)).to.deep.equal(['start', 'prepare']);
    await switches(successor);
  });

  it('lets the successor of a worker live that ended while it got its first rules', async () => {
    await begin();
    const first = succeed(1);
    await told(first, 'prepare');
    first.end();
    timers.pass(200);
    const successor = processes.at(3);
    successor.says({ kind: 'up' });
    await prepares(successor);
    await switches(successor);
    expect(successor.isKilled).to.equal(false);
    expect(seen).not.to.include('not installed 2');
  });

  it('does not take rules that every worker dies of', async () => {
    await begin();
    const published = rollout.publish(image, 2);
    for (const worker of both()) {
      await told(worker, 'prepare', 1);
      worker.end();
    }
    expect(await published.catch((caught: unknown) => caught)).to.be.instanceOf(RolloutError);
    timers.pass(0);
    processes.at(2).says({ kind: 'up' });
    expect(await told(processes.at(2), 'prepare')).to.include({ generation: 1 });
  });

  it('says once when workers serve again after rules were lost with all of them', async () => {
    await begin();
    await loses(both());
    expect(seen).not.to.include('missed rules');
    const again = [processes.at(2), processes.at(3)];
    for (const worker of again) {
      worker.says({ kind: 'up' });
      await prepares(worker);
      await switches(worker);
    }
    await sees('serving 2', 2);
    expect(seen.filter((each) => each === 'missed rules')).to.have.length(1);
    await loses(again, 3);
    timers.pass(1_000);
    const last = processes.at(4);
    last.says({ kind: 'up' });
    await prepares(last);
    await switches(last);
    await sees('serving 1', 3);
    expect(seen.filter((each) => each === 'missed rules')).to.have.length(1);
  });

  /** Waits until this was seen so often. */
  async function sees(what: string, times: number): Promise<void> {
    while (seen.filter((each) => each === what).length < times) await nextTurn();
  }

  /** All workers end while they make rules ready. */
  async function loses(workers: readonly ScriptedWorker[], before = 1): Promise<void> {
    const published = rollout.publish(image, 2);
    for (const worker of workers) {
      await told(worker, 'prepare', before);
      worker.end();
    }
    expect(await published.catch((caught: unknown) => caught)).to.be.instanceOf(RolloutError);
    timers.pass(0);
  }

  it('takes rules while there is no worker, for those that will come', async () => {
    await begin();
    for (const worker of both()) worker.end();
    await rollout.publish(image, 2);
    timers.pass(0);
    processes.at(2).says({ kind: 'up' });
    expect(await told(processes.at(2), 'prepare')).to.include({ generation: 2 });
  });
});
