import { mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { expect } from 'chai';
import { Reloading } from '../support/reloading.js';
import { pointLink, RulesDir, writeFiles } from '../support/rules-dir.js';

describe('reload: the directory itself', () => {
  let rules: RulesDir;
  let running: Reloading | undefined;

  async function start(directory: string): Promise<Reloading> {
    running = await Reloading.start(directory);
    return running;
  }

  beforeEach(() => {
    rules = new RulesDir({ 'a.yaml': 'one' });
  });

  afterEach(async () => {
    await running?.close();
    rules.dispose();
  });

  it('keeps the rules while it is deleted, and takes it up again', async () => {
    const reloading = await start(rules.path);
    for (const text of ['two', 'three']) {
      rules.remove();
      await reloading.untilRejected();
      expect(reloading.store.lastReload?.errors).to.deep.equal(['unreadable: ENOENT']);
      expect(reloading.store.current).to.equal(reloading.published.at(-1));
      rules.make({ 'a.yaml': text });
      await reloading.untilInForce({ 'a.yaml': text });
      rules.write('a.yaml', `${text} edited`);
      await reloading.untilInForce({ 'a.yaml': `${text} edited` });
    }
  });

  it('takes up another one that stands in its place at once', async () => {
    const reloading = await start(rules.path);
    for (const text of ['two', 'three', 'four']) {
      rules.remove();
      rules.make({ 'a.yaml': text });
      await reloading.untilInForce({ 'a.yaml': text });
      rules.write('a.yaml', `${text} edited`);
      await reloading.untilInForce({ 'a.yaml': `${text} edited` });
    }
  });

  it('follows the name, not the folder, when it is renamed away', async () => {
    const reloading = await start(rules.path);
    renameSync(rules.path, rules.beside('old'));
    rules.make({ 'a.yaml': 'new' });
    await reloading.untilInForce({ 'a.yaml': 'new' });
    rules.write('a.yaml', 'newer');
    await reloading.untilInForce({ 'a.yaml': 'newer' });
  });

  it('comes up after the service, also where the folder above is missing', async () => {
    const late = rules.beside('mount/late');
    const reloading = await start(late);
    expect(reloading.store.current).to.equal(undefined);
    writeFiles(late, { 'a.yaml': 'at last' });
    await reloading.untilInForce({ 'a.yaml': 'at last' });
  });

  it('is a link that is pointed elsewhere', async () => {
    writeFiles(rules.beside('second'), { 'a.yaml': 'two' });
    pointLink(rules.beside('link'), 'rules');
    const reloading = await start(rules.beside('link'));
    pointLink(rules.beside('link'), 'second');
    await reloading.untilInForce({ 'a.yaml': 'two' });
    writeFiles(rules.beside('second'), { 'a.yaml': 'two edited' });
    await reloading.untilInForce({ 'a.yaml': 'two edited' });
  });

  it('lies behind a link that is pointed elsewhere', async () => {
    writeFiles(rules.beside('releases/1/rules'), { 'a.yaml': 'first' });
    writeFiles(rules.beside('releases/2/rules'), { 'a.yaml': 'second' });
    pointLink(rules.beside('current'), 'releases/1');
    const reloading = await start(rules.beside('current/rules'));
    pointLink(rules.beside('current'), 'releases/2');
    await reloading.untilInForce({ 'a.yaml': 'second' });
    writeFiles(rules.beside('releases/2/rules'), { 'a.yaml': 'second edited' });
    await reloading.untilInForce({ 'a.yaml': 'second edited' });
  });

  it('holds links that lead upwards, round and nowhere', async () => {
    symlinkSync('.', rules.at('self'));
    symlinkSync('..', rules.at('up'));
    mkdirSync(rules.at('sub'));
    symlinkSync('..', rules.at('sub/up'));
    symlinkSync('.', rules.at('sub/self'));
    symlinkSync('round', rules.at('.round'));
    symlinkSync('.round', rules.at('.round2'));
    const reloading = await start(rules.path);
    const before = reloading.texts;
    rules.write('sub/b.yaml', 'b');
    await reloading.until(() => reloading.texts !== before, 'the new file');
    expect(Object.values(reloading.texts ?? {}).sort()).to.deep.equal(['b', 'one']);
  });

  it('holds links to files and folders elsewhere, which are edited there', async () => {
    writeFiles(rules.beside('shared'), { 'list.txt': 'x', 'folder/b.yaml': 'b' });
    symlinkSync('../shared/list.txt', rules.at('list.txt'));
    symlinkSync('../shared/folder', rules.at('folder'));
    const reloading = await start(rules.path);
    writeFiles(rules.beside('shared'), { 'list.txt': 'y' });
    await reloading.untilInForce({ 'a.yaml': 'one', 'list.txt': 'y', 'folder/b.yaml': 'b' });
    writeFiles(rules.beside('shared'), { 'folder/b.yaml': 'c' });
    await reloading.untilInForce({ 'a.yaml': 'one', 'list.txt': 'y', 'folder/b.yaml': 'c' });
  });
});
