import { readdirSync, readlinkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadRules } from '#refgate/rules/load.js';
import { linesOf, loadFiles, useFolder } from '../support/loaded-folder.js';
import { writeFiles } from '../support/rules-dir.js';

const policy = (name: string): string => `policies: [{ name: ${name}, referer: {} }]\n`;

/** Big enough that a load takes many turns of the event loop, in which a test can change files. */
const slow = Array.from({ length: 30_000 }, (_, i) => `site-${i}.example\n`).join('');

/** Whether this process has the file open. */
function isOpen(path: string): boolean {
  return readdirSync('/proc/self/fd').some((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`) === path;
    } catch {
      // Closed since they were listed, as the one that listed them is.
      return false;
    }
  });
}

describe('a load is of one moment', () => {
  const folder = useFolder();
  const usesList = 'policies: [{ name: a, referer: { allow: [{ file: l.txt }] } }]\n';

  async function loadWhile(change: () => void): Promise<string[]> {
    writeFiles(folder(), { 'a.yaml': usesList, 'l.txt': slow, 'z.yaml': policy('z') });
    const loading = loadRules(folder());
    for (let turn = 0; turn < 8; turn++) await new Promise(setImmediate);
    change();
    const result = await loading;
    return result.ok ? result.rules.policies.map(({ name }) => name) : linesOf(result, folder());
  }

  it('and sees a file that came meanwhile', async () => {
    expect(await loadWhile(() => writeFileSync(join(folder(), 'b.yaml'), policy('b')))).to.deep.equal(['a', 'b', 'z']);
  });

  it('and sees a file that was replaced meanwhile', async () => {
    const replace = () => {
      writeFileSync(join(folder(), 'new'), policy('other'));
      renameSync(join(folder(), 'new'), join(folder(), 'z.yaml'));
    };
    expect(await loadWhile(replace)).to.deep.equal(['a', 'other']);
  });

  it('and sees a file that went meanwhile', async () => {
    expect(await loadWhile(() => rmSync(join(folder(), 'z.yaml')))).to.deep.equal(['a']);
  });

  it('and sees a list file that went meanwhile', async () => {
    expect(await loadWhile(() => rmSync(join(folder(), 'l.txt')))).to.deep.equal([
      'a.yaml:1:42: policies[0].referer.allow[0]: the list file "l.txt" cannot be read: no such file or directory (ENOENT)',
    ]);
  });

  it('and takes a directory that is at rest for shorter than a load', async () => {
    const entries = Array.from({ length: 6_000 }, (_, i) => `site-${i}.example`);
    writeFiles(folder(), { 'a.yaml': `policies: [{ name: a, referer: { allow: [${entries.join(', ')}] } }]\n` });
    let changes = 0;
    const change = () => writeFileSync(join(folder(), 'b.yaml'), `policies: [] # ${changes++}\n`);
    change();
    const changing = setInterval(change, 20);
    const result = await loadRules(folder(), { limits: { readAttempts: 2 } }).finally(() => clearInterval(changing));
    expect(linesOf(result, folder())).to.deep.equal([]);
    expect(changes).to.be.above(2);
  });

  it('and takes one in which list files are large and rule files change all the time', async () => {
    writeFiles(folder(), { 'a.yaml': usesList, 'l.txt': slow, 'b.yaml': 'policies: []\n' });
    let changes = 0;
    const changing = setInterval(() => {
      writeFileSync(join(folder(), '.new'), `policies: [] # ${changes++}\n`);
      renameSync(join(folder(), '.new'), join(folder(), 'b.yaml'));
    }, 10);
    const result = await loadRules(folder(), { limits: { readAttempts: 3 } }).finally(() => clearInterval(changing));
    expect(linesOf(result, folder())).to.deep.equal([]);
    expect(changes).to.be.above(2);
  });

  it('and has all rule files that name a list read the same', async () => {
    writeFiles(folder(), { 'a.yaml': usesList, 'b.yaml': usesList.replace('name: a', 'name: b'), 'l.txt': slow });
    const loading = loadRules(folder());
    while (!isOpen(join(folder(), 'l.txt'))) await new Promise(setImmediate);
    writeFileSync(join(folder(), 'new'), 'one.example\n');
    renameSync(join(folder(), 'new'), join(folder(), 'l.txt'));
    const result = await loading;
    expect(result.ok && result.rules.entries).to.equal(2);
  });

  it('and gives up on a directory that never comes to rest', async () => {
    writeFiles(folder(), { 'a.yaml': usesList, 'l.txt': slow });
    let changes = 0;
    let isLoading: boolean = true;
    writeFileSync(join(folder(), 'b0.yaml'), 'policies: []\n');
    const change = (): void => {
      renameSync(join(folder(), `b${changes}.yaml`), join(folder(), `b${++changes}.yaml`));
      if (isLoading) setImmediate(change);
    };
    change();
    const result = await loadRules(folder(), { limits: { readAttempts: 2 } });
    isLoading = false;
    expect(result.ok || result.reason).to.equal('changing');
    expect(linesOf(result, folder()).join()).to.match(
      /:1:1: the rule directory changed each of the 2 times it was read/,
    );
  });
});

describe('the digest of a load', () => {
  const folder = useFolder();

  it('is equal for equal content and names, and only then', async () => {
    const files = {
      'a.yaml': 'policies: [{ name: a, referer: { allow: [{ file: l.txt }] } }]\n',
      'l.txt': 'a.example\n',
    };
    const { result: first } = await loadFiles(folder(), files);
    const { result: same } = await loadFiles(folder(), files);
    const { result: otherList } = await loadFiles(folder(), { 'l.txt': 'b.example\n' });
    const { result: otherFile } = await loadFiles(folder(), { ...files, 'a.yaml': `${files['a.yaml']}\n` });
    renameSync(join(folder(), 'a.yaml'), join(folder(), 'b.yaml'));
    const { result: otherName } = await loadFiles(folder(), { 'b.yaml': files['a.yaml'] });
    expect(same.digest).to.equal(first.digest);
    const digests = [first, otherList, otherFile, otherName].map(({ digest }) => digest);
    expect(new Set(digests).size).to.equal(4);
    for (const digest of digests) expect(digest).to.match(/^[0-9a-f]{64}$/);
  });

  it('is there for bad rules too, and changes with them', async () => {
    const { result: one } = await loadFiles(folder(), { 'a.yaml': 'policies: 1\n' });
    const { result: two } = await loadFiles(folder(), { 'a.yaml': 'policies: 2\n' });
    expect([one.ok, two.ok]).to.deep.equal([false, false]);
    expect(one.digest).not.to.equal(two.digest);
  });
});
