import { expect } from 'chai';
import { Cluster, type ClusterObserver } from '#refgate/cluster/cluster.js';
import type { Settings } from '#refgate/settings.js';
import { type ScriptedWorker, ScriptedWorkers } from '../../support/scripted-workers.js';

const ignore = () => undefined;
const observer: ClusterObserver = {
  line: ignore,
  lost: ignore,
  silent: ignore,
  late: ignore,
  notInstalled: ignore,
  missedRules: ignore,
  serving: ignore,
  counted: ignore,
  gone: ignore,
};

describe('Cluster', () => {
  let processes: ScriptedWorkers;
  let cluster: Cluster;

  beforeEach(async () => {
    processes = new ScriptedWorkers();
    cluster = new Cluster({ settings: { workers: 1 } as Settings, start: processes.start, observer });
    cluster.start();
    const worker = processes.at(0);
    worker.says({ kind: 'up' });
    const published = cluster.publish({ common: Uint8Array.of(1), batches: [], parts: [], policies: 1, entries: 1 }, 1);
    const { rollout } = await worker.hears('prepare');
    worker.says({ kind: 'prepared', rollout });
    await worker.hears('switch');
    worker.says({ kind: 'switched', rollout });
    await published;
  });

  afterEach(async () => {
    const drained = cluster.drain(0);
    processes.at(0).end({ code: 0, signal: null });
    await drained;
  });

  it('does without a worker whose own fault keeps it from answering, where it can', async () => {
    const worker = processes.at(0);
    const gone = cluster.gonePolicies(['images']);
    await fail(worker);
    expect(await gone).to.deep.equal([]);
    const figures = cluster.figures();
    await fail(worker);
    expect(await figures).to.deep.equal([]);
  });

  it('tells the fault of a worker to whoever wants nothing but its answer', async () => {
    const explained = cluster.explain({ url: 'https://shop.example/' }).catch((error: unknown) => error);
    await fail(processes.at(0));
    expect(await explained).to.be.an('error');
  });
});

/** Answers the latest question by a fault. */
async function fail(worker: ScriptedWorker): Promise<void> {
  const { question } = await worker.hears('ask');
  worker.says({ kind: 'unanswered', question, problem: 'a fault' });
}
