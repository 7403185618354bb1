import { expect } from 'chai';
import type { ReloadEvent } from '#refgate/model/reload-event.js';
import { SnapshotStore } from '#refgate/rules/reload/store.js';

const AT = new Date('2026-11-02T10:00:00Z');
const LATER = new Date('2026-11-02T10:00:01Z');

describe('SnapshotStore', () => {
  it('holds nothing before the first publication', () => {
    const store = new SnapshotStore<string>();
    expect(store.current).to.equal(undefined);
    expect(store.generation).to.equal(0);
    expect(store.lastReload).to.equal(undefined);
  });

  it('numbers publications from 1', () => {
    const store = new SnapshotStore<string>();
    expect(store.publish('rules 1', AT).generation).to.equal(1);
    expect(store.publish('rules 2', LATER).generation).to.equal(2);
    expect(store.current).to.equal('rules 2');
    expect(store.lastReload).to.deep.equal({ ok: true, at: LATER, errors: [] });
  });

  it('keeps what is in force and its number when a load is rejected, until one is good again', () => {
    const store = new SnapshotStore<string>();
    store.publish('good', AT);
    store.reject(['a.yaml:1:1: wrong'], LATER, false);
    expect(store.current).to.equal('good');
    expect(store.generation).to.equal(1);
    expect(store.lastReload).to.deep.equal({ ok: false, at: LATER, errors: ['a.yaml:1:1: wrong'] });
    store.confirm(LATER);
    expect(store.generation).to.equal(1);
    expect(store.lastReload).to.deep.equal({ ok: true, at: LATER, errors: [] });
  });

  it('tells of each attempt when its effect is in place', () => {
    const seen: [ReloadEvent, string | undefined][] = [];
    const store: SnapshotStore<string> = new SnapshotStore<string>((event) => seen.push([event, store.current]));
    store.publish('good', AT, ['a warning']);
    store.confirm(LATER);
    store.reject(['wrong'], LATER, true);
    expect(seen).to.deep.equal([
      [{ kind: 'published', generation: 1, at: AT, warnings: ['a warning'] }, 'good'],
      [{ kind: 'unchanged', generation: 1, at: LATER }, 'good'],
      [{ kind: 'rejected', generation: 1, at: LATER, errors: ['wrong'], repeated: true }, 'good'],
    ]);
  });

  it('publishes all the same when its observer fails, and warns of that', async () => {
    // Without Node's own listener, which would print the warning among the tests.
    const printers = process.listeners('warning');
    process.removeAllListeners('warning');
    const warned = new Promise<Error>((resolve) => {
      process.once('warning', resolve);
    });
    const store = new SnapshotStore<string>(() => {
      throw new Error('no space for the log');
    });
    expect(store.publish('good', AT).generation).to.equal(1);
    expect(store.current).to.equal('good');
    expect((await warned).message).to.equal('no space for the log');
    for (const printer of printers) process.on('warning', printer);
  });
});
