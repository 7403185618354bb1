import { expect } from 'chai';
import type { ReloadEvent } from '#refgate/model/reload-event.js';
import { type Loaded, Reloader } from '#refgate/rules/reload/reload.js';
import { SnapshotStore } from '#refgate/rules/reload/store.js';
import { ManualTimers } from '../../../support/manual-timers.js';

type Load = Loaded<string, { readonly line: number }>;

/** A load that has started and ends when the test says so. */
interface Started {
  readonly inForce: string | undefined;
  readonly end: (loaded: Load) => void;
  readonly fail: (error: unknown) => void;
}

const good = (rules: string): Load => ({ ok: true, rules, digest: rules });
const bad = (line: number): Load => ({ ok: false, errors: [{ line }], digest: `bad ${line}` });

describe('Reloader', () => {
  let timers: ManualTimers;
  let started: Started[];
  let events: ReloadEvent[];
  let store: SnapshotStore<string>;
  let reloader: Reloader<string, { readonly line: number }, string>;
  let prepare: (rules: string, generation: number) => string;

  beforeEach(() => {
    timers = new ManualTimers();
    started = [];
    events = [];
    prepare = (rules, generation) => `${rules} #${generation}`;
    store = new SnapshotStore((event) => events.push(event));
    const load = (inForce: string | undefined): Promise<Load> =>
      new Promise((resolve, reject) => {
        started.push({ inForce, end: resolve, fail: reject });
      });
    const format = ({ line }: { readonly line: number }): string => `a.yaml:${line}`;
    const steps = { load, prepare: async (rules: string, next: number) => prepare(rules, next), format };
    reloader = new Reloader(store, steps, { timers });
  });

  /** Loads at once, with this result. */
  async function load(loaded: Load): Promise<ReloadEvent> {
    const outcome = reloader.now();
    started.at(-1)?.end(loaded);
    return await outcome;
  }

  it('publishes what it loads, prepared for its generation', async () => {
    expect(await load(good('one'))).to.include({ kind: 'published', generation: 1 });
    expect(await load(good('two'))).to.include({ kind: 'published', generation: 2 });
    expect(store.current).to.equal('two #2');
  });

  it('says what is in force to a load, which need not make rules of the same again', async () => {
    await load(good('one'));
    expect(await load({ ok: true, unchanged: true, digest: 'one' })).to.include({ kind: 'unchanged', generation: 1 });
    expect(store.current).to.equal('one #1');
    expect(started.map(({ inForce }) => inForce)).to.deep.equal([undefined, 'one']);
  });

  it('hands warnings on as text', async () => {
    const outcome = await load({ ...good('one'), warnings: [{ line: 7 }] } as Load);
    expect(outcome).to.deep.include({ warnings: ['a.yaml:7'] });
  });

  it('publishes nothing when the content is the one in force, and says when it looked', async () => {
    await load(good('one'));
    const sealed = store.current;
    expect(await load(good('one'))).to.include({ kind: 'unchanged', generation: 1 });
    expect(store.current).to.equal(sealed);
    expect(store.lastReload?.at).to.equal(events.at(-1)?.at);
  });

  it('publishes a content that was in force before the present one', async () => {
    await load(good('one'));
    await load(good('two'));
    expect(await load(good('one'))).to.include({ kind: 'published', generation: 3 });
  });

  it('keeps the last good rules when the files are bad, and is well again when they are as before', async () => {
    await load(good('one'));
    expect(await load(bad(3))).to.deep.include({ kind: 'rejected', generation: 1, errors: ['a.yaml:3'] });
    expect(store.current).to.equal('one #1');
    expect(await load(good('one'))).to.include({ kind: 'unchanged', generation: 1 });
    expect(store.lastReload).to.deep.include({ ok: true, errors: [] });
  });

  it('tells a failure that it has told already from a new one', async () => {
    const results = [bad(3), bad(3), bad(4), good('one'), bad(4)];
    const repeated: (boolean | undefined)[] = [];
    for (const result of results) {
      const outcome = await load(result);
      repeated.push(outcome.kind === 'rejected' ? outcome.repeated : undefined);
    }
    expect(repeated).to.deep.equal([false, true, false, undefined, false]);
  });

  it('gives the errors of the first load to the caller, with nothing in force', async () => {
    expect(await load(bad(1))).to.deep.include({ kind: 'rejected', generation: 0, errors: ['a.yaml:1'] });
    expect(store.current).to.equal(undefined);
  });

  it('takes a load function that throws for a failed load', async () => {
    await load(good('one'));
    const outcome = reloader.now();
    started.at(-1)?.fail(new Error('boom'));
    expect(await outcome).to.deep.include({ kind: 'rejected', errors: ['the rules could not be loaded: boom'] });
    expect(store.current).to.equal('one #1');
  });

  it('takes rules that cannot be prepared for a failed load, and tries the same content again', async () => {
    await load(good('one'));
    const sound = prepare;
    prepare = () => {
      throw new Error('no room');
    };
    expect(await load(good('two'))).to.include({ kind: 'rejected', generation: 1 });
    expect(store.current).to.equal('one #1');
    prepare = sound;
    expect(await load(good('two'))).to.include({ kind: 'published', generation: 2 });
  });

  it('loads once when a burst of hints has ended', async () => {
    reloader.hint();
    reloader.hint();
    timers.pass(99);
    expect(started).to.have.length(0);
    timers.pass(1);
    expect(started).to.have.length(1);
  });

  it('loads once more, and not at the same time, after hints during a load', async () => {
    const first = reloader.now();
    for (let hints = 0; hints < 3; hints += 1) {
      reloader.hint();
      timers.pass(100);
    }
    expect(started).to.have.length(1);
    started[0]?.end(good('one'));
    await first;
    expect(started).to.have.length(2);
    started[1]?.end(good('two'));
    await reloader.close();
    expect(store.current).to.equal('two #2');
    expect(started).to.have.length(2);
  });

  it('answers a call during a load with a load that started after it', async () => {
    const first = reloader.now();
    const second = reloader.now();
    const third = reloader.now();
    expect(second).to.equal(third);
    started[0]?.end(good('old'));
    expect(await first).to.include({ generation: 1 });
    expect(started).to.have.length(2);
    const fourth = reloader.now();
    expect(fourth).not.to.equal(second);
    started[1]?.end(good('new'));
    expect(await second).to.include({ generation: 2 });
    started[2]?.end(good('newest'));
    expect(await fourth).to.include({ generation: 3 });
    expect(store.current).to.equal('newest #3');
  });

  it('starts no second load for hints that a load begun after them has covered', async () => {
    reloader.hint();
    await load(good('one'));
    timers.pass(10_000);
    expect(started).to.have.length(1);
  });

  it('tries again some time after a failure, and not after a success', async () => {
    await load(bad(1));
    timers.pass(29_999);
    expect(started).to.have.length(1);
    timers.pass(1);
    expect(started).to.have.length(2);
    started[1]?.end(good('one'));
    await reloader.close();
    timers.pass(60_000);
    expect(started).to.have.length(2);
    expect(store.current).to.equal('one #1');
  });

  it('starts nothing more once it is closed, and leaves no timer', async () => {
    const last = reloader.now();
    reloader.hint();
    const closed = reloader.close();
    reloader.hint();
    started[0]?.end(bad(1));
    await Promise.all([last, closed]);
    expect(timers.pending).to.equal(0);
    expect(started).to.have.length(1);
  });
});
