import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { loadRules } from '#refgate/rules/load.js';
import type { PolicySource } from '#refgate/rules/validate/schema.js';
import { add, manageRules, put } from '../support/managed-rules.js';
import { fromRoot } from '../support/paths.js';
import { prng } from '../support/prng.js';
import { requireTool } from '../support/require-tool.js';
import { RulesDir } from '../support/rules-dir.js';
import { StartedProcess } from '../support/started-process.js';

/** What a writing process says of a policy. */
interface Told {
  readonly policy: string;
  readonly description?: string;
  readonly kind: string;
  readonly problem?: string;
}

/** What the service would write into its log. */
interface Hindrance {
  readonly hindrance: string;
}

/** A process of its own that writes policies. */
class Writer {
  readonly process: StartedProcess;
  #read = 0;

  /** `around`: a command that runs the writer in other circumstances. */
  constructor(dir: string, around: readonly string[] = []) {
    const [command, ...args] = [...around, process.execPath, fromRoot('.build/test/support/managed-writer.js'), dir];
    // Uncounted: it may not be let write anything at all.
    this.process = new StartedProcess(command as string, args, { stdin: 'pipe', env: { NODE_V8_COVERAGE: '' } });
  }

  send(policy: PolicySource): void {
    this.process.say(JSON.stringify(policy));
  }

  /** The next line, whatever it says. */
  async next<T = Told>(): Promise<T> {
    const line = await this.process.waitFor((text) => text, this.#read);
    this.#read += 1;
    return JSON.parse(line);
  }

  /** The next outcome, and what was said to hinder it. */
  async outcome(): Promise<Told & Partial<Hindrance>> {
    let told = await this.next<Told & Partial<Hindrance>>();
    while (told.kind === undefined) told = { ...told, ...(await this.next()) };
    return told;
  }
}

const big = (name: string): PolicySource => ({
  name,
  referer: { allow: Array.from({ length: 4_000 }, (_, i) => `site-${i}.example`) },
});

describe('managed policies, whatever happens to the process and the disk', function () {
  this.timeout(120_000);
  let dir: RulesDir;
  beforeEach(() => {
    dir = new RulesDir();
  });
  afterEach(() => dir.dispose());

  // More rounds: REFGATE_KILLS=1000
  const kills = Number(process.env['REFGATE_KILLS'] ?? 10);

  it(`are whole, and those acknowledged are there, after kill -9 in the middle of writes (${kills} times)`, async () => {
    const random = prng();
    const acknowledged = new Map<string, number>();
    let count = 0;
    const next = (name: string): PolicySource => {
      count += 1;
      return { name, description: String(count), referer: { allow: [`${'x'.repeat(2_000)}.example`] } };
    };
    for (let round = 0; round < kills; round++) {
      const writer = new Writer(dir.path);
      expect(await writer.next<string>()).to.equal('ready');
      expect(readdirSync(dir.at('managed')).filter((name) => !name.endsWith('.yaml'))).to.deep.equal([]);
      for (const name of ['p0', 'p1', 'p2', 'p3']) writer.send(next(name));
      const last = random.integer(0, 15);
      for (let i = 0; i < last; i++) {
        const told = await writer.next();
        note(told);
        writer.send(next(told.policy));
      }
      // Anywhere in what comes next: a write takes some ten milliseconds.
      await delay(random.integer(0, 40));
      await writer.process.stop('SIGKILL');
      for (const line of writer.process.lines.slice(1 + last)) note(JSON.parse(line));
      const loaded = await loadRules(dir.path, { allowEmpty: true });
      expect(loaded.ok || loaded.errors).to.equal(true);
      for (const [name, number] of acknowledged) expect(numberIn(name), name).to.be.at.least(number);
    }
    expect(acknowledged.size).to.be.greaterThan(0);

    function note({ policy, description, kind }: Told): void {
      expect(kind).to.equal('changed');
      acknowledged.set(policy, Number(description));
    }

    function numberIn(name: string): number {
      return Number(/description: "?(\d+)/.exec(readFileSync(dir.at(`managed/${name}.yaml`), 'utf8'))?.[1]);
    }
  });

  it('stay as they were where a file may not become so large', async () => {
    // The unit of `ulimit -f` is 1,024 bytes in bash.
    const writer = new Writer(dir.path, ['bash', '-c', 'ulimit -f 16 && exec "$@"', 'bash']);
    expect(await writer.next<string>()).to.equal('ready');
    writer.send({ name: 'shop', referer: {} });
    expect((await writer.next()).kind).to.equal('changed');
    for (const policy of [big('shop'), { name: 'other', referer: {} }, big('new')]) writer.send(policy);
    const told = [await writer.outcome(), await writer.outcome(), await writer.outcome()];
    expect(new Map(told.map(({ policy, kind }) => [policy, kind]))).to.deep.equal(
      new Map([
        ['shop', 'unwritable'],
        ['other', 'changed'],
        ['new', 'unwritable'],
      ]),
    );
    expect(told[0]?.problem).to.match(/managed cannot be written: a file of this size is not allowed \(EFBIG\)$/);
    await writer.process.stop();
    expect(readdirSync(dir.at('managed'))).to.have.members(['shop.yaml', 'other.yaml']);
    expect(readFileSync(dir.at('managed/shop.yaml'), 'utf8')).to.equal('policies:\n  - name: shop\n    referer: {}\n');
  });

  it('stay as they were when the disk is full, and can be removed then', async function () {
    requireTool(this, tmpfs(dir));
    try {
      const { policies, store } = await manageRules(dir.path);
      await policies.change(put({ name: 'shop', referer: {} }));
      const before = store.current;
      const outcome = await policies.change(put(big('shop')));
      expect(outcome.kind === 'unwritable' && outcome.problem).to.match(/the disk is full \(ENOSPC\)$/);
      expect(store.current).to.equal(before);
      expect(readdirSync(dir.at('managed'))).to.deep.equal(['shop.yaml']);
      const both = await Promise.all([policies.change(put(big('large'))), policies.change(add('shop', 'a.example'))]);
      expect(both.map(({ kind }) => kind)).to.deep.equal(['unwritable', 'changed']);
      expect(readdirSync(dir.at('managed'))).to.deep.equal(['shop.yaml']);
    } finally {
      spawnSync('umount', [dir.path]);
    }
  });

  it('stay as they were in a folder that may not be written', async function () {
    const around = requireTool(this, otherUser(dir)) === '' ? [] : ['setpriv', ...NOBODY];
    mkdirSync(dir.at('managed'));
    dir.write('managed/shop.yaml', 'policies: [{ name: shop, referer: {} }]\n');
    for (const path of ['.', 'managed']) chmodSync(dir.at(path), 0o555);
    try {
      const writer = new Writer(dir.path, around);
      expect(await writer.next<string>()).to.equal('ready');
      writer.send({ name: 'shop', referer: { allow: ['a.example'] } });
      const { kind, problem, hindrance } = await writer.outcome();
      expect(hindrance).to.equal(problem);
      expect([kind, problem]).to.deep.equal([
        'unwritable',
        `${dir.at('managed')} cannot be written: permission denied; let the user that the service runs as write there (EACCES)`,
      ]);
      await writer.process.stop();
      expect(readdirSync(dir.at('managed'))).to.deep.equal(['shop.yaml']);
    } finally {
      for (const path of ['.', 'managed']) chmodSync(dir.at(path), 0o755);
    }
  });

  it('are told at start to be unwritable where the folder cannot be made', async function () {
    const around = requireTool(this, otherUser(dir)) === '' ? [] : ['setpriv', ...NOBODY];
    chmodSync(dir.path, 0o555);
    const writer = new Writer(dir.path, around);
    expect((await writer.next<Hindrance>()).hindrance).to.match(/managed cannot be written: permission denied/);
    expect(await writer.next<string>()).to.equal('ready');
    await writer.process.stop();
    chmodSync(dir.path, 0o755);
  });
});

const NOBODY = ['--reuid', '65534', '--regid', '65534', '--clear-groups'];

/** Root may write everywhere, and then the writer has to be somebody else. `''`: it need not be. */
function otherUser(dir: RulesDir): { path: string } | { missing: string } {
  chmodSync(dir.around, 0o755);
  if (process.getuid?.() !== 0) return { path: '' };
  const { status } = spawnSync('setpriv', ['--version']);
  return status === 0 ? { path: 'setpriv' } : { missing: 'setpriv: apt-get install util-linux' };
}

/** Mounts a small disk in place of the rule directory. */
function tmpfs(dir: RulesDir): { path: string } | { missing: string } {
  const { status, stderr, error } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', dir.path], {
    encoding: 'utf8',
  });
  if (status === 0) return { path: dir.path };
  return { missing: `a file system to fill: run as root, with CAP_SYS_ADMIN (${(error?.message ?? stderr).trim()})` };
}
