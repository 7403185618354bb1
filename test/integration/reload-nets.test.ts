import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, renameSync, utimesSync } from 'node:fs';
import { expect } from 'chai';
import { fromRoot } from '../support/paths.js';
import { Reloading } from '../support/reloading.js';
import { RulesDir } from '../support/rules-dir.js';

describe('reload: storms and safety nets', () => {
  let rules: RulesDir;
  let running: Reloading | undefined;

  beforeEach(() => {
    rules = new RulesDir({ 'a.yaml': 'one' });
  });

  afterEach(async () => {
    await running?.close();
    rules.dispose();
  });

  it('publishes during edits that never come to rest', async () => {
    // A quiet time that is never reached: what is published, the longest wait has published.
    const debounce = { quietMs: 3_600_000, longestMs: 300 };
    const reloading = await Reloading.start(rules.path, {}, { debounce });
    running = reloading;
    let edits = 0;
    const storm = setInterval(() => {
      edits += 1;
      rules.write('a.yaml', `edit ${edits}`);
    }, 10);
    try {
      await reloading.until(() => reloading.store.generation >= 4, 'three publications during the storm');
    } finally {
      clearInterval(storm);
    }
    await reloading.untilInForce({ 'a.yaml': `edit ${edits}` });
  });

  it('loads at once when asked, without any event', async () => {
    const reloading = await Reloading.start(rules.path);
    running = reloading;
    await reloading.watch.close();
    rules.write('a.yaml', 'two');
    const outcome = await reloading.reloader.now();
    expect(outcome).to.include({ kind: 'published', generation: 2 });
    expect(reloading.texts).to.deep.equal({ 'a.yaml': 'two' });
  });

  it('finds by polling what no event has told', async () => {
    const elsewhere = new RulesDir({ 'rules/a.yaml': 'two' });
    try {
      // The folder two levels up is replaced: neither the directory nor a link to it hears of that.
      const reloading = await Reloading.start(elsewhere.at('rules'), { pollMs: 50 });
      running = reloading;
      renameSync(elsewhere.path, elsewhere.beside('old'));
      elsewhere.make({ 'rules/a.yaml': 'three' });
      await reloading.untilInForce({ 'a.yaml': 'three' });
    } finally {
      await running?.close();
      elsewhere.dispose();
    }
  });

  it('tries again after a failure whose cause no event tells', async () => {
    rules.write('a.yaml', 'bad');
    const reloading = await Reloading.start(rules.path, {}, { retryMs: 20 });
    running = reloading;
    await reloading.until(() => reloading.events.length >= 4, 'four attempts');
    const repeated = reloading.events.map((event) => event.kind === 'rejected' && event.repeated);
    expect(repeated.slice(0, 4)).to.deep.equal([false, true, true, true]);
  });

  it('takes a touched file, or one with another mode, for no change', async () => {
    const reloading = await Reloading.start(rules.path);
    running = reloading;
    utimesSync(rules.at('a.yaml'), 1, 1);
    chmodSync(rules.at('a.yaml'), 0o600);
    await reloading.until(() => reloading.events.length > 1, 'an attempt');
    expect(reloading.events.at(-1)?.kind).to.equal('unchanged');
  });

  it('lets the process end once it is closed', async () => {
    const script = `
      import { watchRules } from ${JSON.stringify(fromRoot('dist/rules/reload/watch.js'))};
      const watch = watchRules([process.argv[1]], () => undefined);
      await watch.ready;
      await watch.close();
      const early = watchRules([process.argv[1]], () => undefined);
      await early.close();
    `;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script, rules.path], { stdio: 'inherit' });
    const [code] = await once(child, 'exit');
    expect(code).to.equal(0);
  });

  it('goes on by polling when the system has no watches left, and says so once', function () {
    // A user namespace has a limit of its own, so that the real error can be had without harm to others.
    const limited = 'echo 1 > /proc/sys/user/max_inotify_watches && exec "$@"';
    const inNamespace = ['--user', '--map-root-user', 'sh', '-c', limited, 'sh'];
    if (spawnSync('unshare', [...inNamespace, 'true']).status !== 0) {
      this.skip();
    }
    const script = `
      import { writeFileSync } from 'node:fs';
      import { watchRules } from ${JSON.stringify(fromRoot('dist/rules/reload/watch.js'))};
      const [, directory] = process.argv;
      const onError = ({ code }) => console.log(code);
      // The poll alone keeps no process alive.
      const alive = setInterval(() => undefined, 1_000);
      const watch = watchRules([directory], hinted, { pollMs: 20, onError });
      await watch.ready;
      writeFileSync(directory + '/lists/x.txt', 'changed');
      async function hinted() {
        console.log('hinted');
        clearInterval(alive);
        await watch.close();
      }
    `;
    rules.write('lists/x.txt', 'x');
    const node = [process.execPath, '--input-type=module', '--eval', script, rules.path];
    const { stdout, stderr } = spawnSync('unshare', [...inNamespace, ...node], { encoding: 'utf8', timeout: 15_000 });
    expect(stderr).to.equal('');
    expect(stdout.split('\n')).to.deep.equal(['ENOSPC', 'hinted', '']);
  });
});
