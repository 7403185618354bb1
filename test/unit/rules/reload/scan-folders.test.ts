import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { expect } from 'chai';
import { scanFolders } from '#refgate/rules/reload/scan-folders.js';
import { pointLink, RulesDir, writeFiles } from '../../../support/rules-dir.js';

describe('scanFolders', () => {
  let rules: RulesDir;

  beforeEach(() => {
    rules = new RulesDir({ 'a.yaml': 'one', 'lists/x.txt': 'x' });
  });

  afterEach(() => {
    rules.dispose();
  });

  /** Folders with the names that count in them, `*` for all. */
  async function watched(): Promise<Record<string, string>> {
    const { folders } = await scanFolders(rules.path);
    return Object.fromEntries([...folders].map(([folder, { names }]) => [folder, names ? [...names].join() : '*']));
  }

  async function fingerprint(): Promise<string> {
    return (await scanFolders(rules.path)).fingerprint;
  }

  it('finds the directory and the folders below it, those with a leading dot too', async () => {
    rules.write('.hidden/y.txt', 'y');
    expect(await watched()).to.deep.equal({
      [rules.path]: '*',
      [rules.at('.hidden')]: '*',
      [rules.at('lists')]: '*',
    });
  });

  it('leaves out what git keeps for itself', async () => {
    rules.write('.git/objects/00/1', '');
    expect(await watched()).to.have.all.keys(rules.path, rules.at('lists'));
  });

  it('finds linked folders, and the places of links and linked files', async () => {
    writeFiles(rules.beside('shared'), { 'more/b.yaml': 'b', 'z.txt': 'z' });
    symlinkSync('../shared/more', rules.at('more'));
    symlinkSync('../shared/z.txt', rules.at('z.txt'));
    expect(await watched()).to.deep.equal({
      [rules.path]: '*',
      [rules.at('lists')]: '*',
      [rules.beside('shared')]: 'z.txt',
      [rules.beside('shared/more')]: '*',
    });
  });

  it('finds each folder once where links go round', async () => {
    symlinkSync('.', rules.at('self'));
    symlinkSync('..', rules.at('lists/up'));
    symlinkSync('../lists', rules.at('lists/again'));
    expect(await watched()).to.deep.equal({ [rules.path]: '*', [rules.at('lists')]: '*' });
  });

  it('stops at a number of folders, and says so', async () => {
    for (let folder = 0; folder < 2_100; folder += 1) {
      mkdirSync(rules.at(`many/${folder}`), { recursive: true });
    }
    const { folders, truncated } = await scanFolders(rules.path);
    expect(truncated).to.equal(true);
    expect(folders.size).to.equal(2_048);
  });

  it('finds what is in several directories, also where one is inside the other, and misses none of them', async () => {
    writeFiles(rules.beside('bots'), { 'googlebot.json': '{}' });
    const { found, folders } = await scanFolders(rules.path, rules.beside('bots'), rules.at('lists'));
    expect(found).to.equal(true);
    expect([...folders.keys()]).to.have.members([rules.path, rules.at('lists'), rules.beside('bots')]);
    expect((await scanFolders(rules.beside('nowhere'), rules.path)).found).to.equal(false);
    expect((await scanFolders(rules.path, rules.beside('nowhere'))).found).to.equal(false);
  });

  it('waits in the nearest folder for a directory that is missing', async () => {
    rules.remove();
    const { found, folders } = await scanFolders(rules.path);
    expect(found).to.equal(false);
    expect([...folders.keys()]).to.deep.equal([rules.around]);
    expect([...(folders.get(rules.around)?.names ?? [])]).to.deep.equal(['rules']);
  });

  it('takes a file for no directory', async () => {
    rules.remove();
    writeFiles(rules.around, { rules: '' });
    expect((await scanFolders(rules.path)).found).to.equal(false);
  });

  it('gives another identity to a folder made anew', async () => {
    const before = (await scanFolders(rules.path)).folders.get(rules.path)?.identity;
    rules.remove();
    rules.make({ 'a.yaml': 'one' });
    expect((await scanFolders(rules.path)).folders.get(rules.path)?.identity).not.to.equal(before);
  });

  it('keeps the fingerprint while nothing changes', async () => {
    expect(await fingerprint()).to.equal(await fingerprint());
  });

  const changes: Readonly<Record<string, () => void>> = {
    'a file written to': () => rules.write('lists/x.txt', 'other'),
    'a file replaced': () => rules.saveByRename('a.yaml', 'one'),
    'a file added': () => rules.write('b.yaml', ''),
    'a file removed': () => rmSync(rules.at('a.yaml')),
    'a folder added': () => mkdirSync(rules.at('empty')),
    'the directory removed': () => rules.remove(),
    'a link pointed elsewhere': () => pointLink(rules.at('link'), 'lists'),
  };
  for (const [what, change] of Object.entries(changes)) {
    it(`changes the fingerprint with ${what}`, async () => {
      const before = await fingerprint();
      change();
      expect(await fingerprint()).not.to.equal(before);
    });
  }
});
