import { expect } from 'chai';
import { prng } from '../support/prng.js';
import { requireTool } from '../support/require-tool.js';
import { findEnvoy } from '../support/tool-cache.js';
import { chooseFaults } from './faults/all-faults.js';
import { growth } from './measure/growth.js';
import { unexplainedLines } from './measure/unexplained-lines.js';
import { report } from './report.js';
import { findFakeTime } from './scene/machine-clock.js';
import type { Scene } from './scene/scene.js';
import { startScene } from './scene/start-scene.js';
import { keepLogs, type Outcome, soak } from './soak.js';
import { soakOptions } from './soak-options.js';

/*
 * Load, while everything goes wrong that the documents have a word on:
 *
 * - README.md: rules are edited while traffic flows; a file with a mistake changes nothing, the last good rules stay.
 * - docs/operations.md, Reload: a change is in force after a fraction of a second; a folder that is removed and made
 *   again is noticed.
 * - docs/operations.md, Stop: SIGTERM ends it with 0, after `--drain-seconds` and at most 5 seconds more; calls in flight
 *   are answered.
 * - deploy/envoy/grpc.yaml: no request is lost when an instance of several drains.
 * - deploy/envoy/grpc.yaml, `retry_policy`: visitors who cancel their requests cost other visitors nothing.
 * - docs/management.md: a change is in force when it is answered; on a full disk changes are refused, and the rules and
 *   files stay as they were; a clock that is wrong by more than 15 minutes refuses signed calls, and nothing else.
 */

/** Far more than a round takes: faults end when what they wait for has come, which a busy machine puts off. */
const patienceMs = 300_000;

/**
 * Bytes that may be held more for each check, beside what comes and goes with the moment of a sample. A leak that matters
 * keeps a line, a Referer or a header, 100 bytes and up: it is seen after 42,000 checks.
 */
const mostHeldOfCheck = 50;
const mostHeldBeside = 2 * 2 ** 20;
/** The same of resident memory, where the allocator keeps what reloads once needed, in steps of some MiB. */
const mostResidentOfCheck = 100;
const mostResidentBeside = 32 * 2 ** 20;
/** Seconds: in less, what V8 still compiles is more than what any leak adds. */
const shortestForGrowth = 90;
/** Sockets of connections, and threads of a pool that starts when it is first needed. */
const mostMoreFiles = 8;
const mostMoreThreads = 4;

const options = soakOptions(process.env);
const faults = chooseFaults(options.faults);
const random = prng();

describe(`a soak of ${options.seconds} s with --seed ${random.seed}`, function () {
  this.timeout(options.seconds * 1_000 + patienceMs);
  let scene: Scene;
  let outcome: Outcome;

  before(async function () {
    scene = await startScene({
      envoy: requireTool(this, findEnvoy()),
      fakeTime: requireTool(this, findFakeTime()),
    });
    outcome = await soak(scene, { faults, random, seconds: options.seconds });
    process.stdout.write(report(scene, outcome));
  });
  after(() => {
    if (!scene) return;
    keepLogs(scene);
    scene.dir.dispose();
  });

  it('has every fault strike, and go by as promised', () => {
    expect(outcome.problems.join('\n')).to.equal('');
    expect([...outcome.times.keys()]).to.have.members(faults.map(({ name }) => name));
  });

  it('gives no answer that is wrong by the rules in force', () => {
    expect(scene.ledger.wrong.first.join('\n')).to.equal('');
    expect(scene.ledger.total).to.be.greaterThan(options.seconds);
  });

  it('loses no request that was promised an answer', () => {
    expect(scene.ledger.failed.first.join('\n')).to.equal('');
  });

  it('counts what it decided', () => {
    const { decided, answered, sent } = outcome.decisions;
    expect(decided).to.be.within(answered, sent);
  });

  it('holds no more memory, files and threads the longer it runs', function () {
    if (options.seconds < shortestForGrowth) this.skip();
    const { seconds, held, rss, files, threads } = growth(outcome.samples);
    const checks = (outcome.decisions.decided / outcome.seconds) * seconds;
    expect(held * seconds, 'bytes held more').to.be.below(mostHeldBeside + mostHeldOfCheck * checks);
    expect(rss * seconds, 'bytes resident more').to.be.below(mostResidentBeside + mostResidentOfCheck * checks);
    expect(files).to.be.at.most(mostMoreFiles);
    expect(threads).to.be.at.most(mostMoreThreads);
  });

  it('logs nothing that no fault explains', () => {
    const lines = [scene.steady, scene.restless].flatMap((instance) => unexplainedLines(instance, faults));
    expect(lines.join('\n')).to.equal('');
  });

  it('leaves no file behind, and ends with 0', () => {
    expect(outcome.stray).to.deep.equal([]);
    expect(outcome.exitCodes).to.deep.equal([0, 0]);
  });
});
