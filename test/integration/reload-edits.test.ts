import { appendFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { Reloading } from '../support/reloading.js';
import { RulesDir, writeFiles } from '../support/rules-dir.js';

describe('reload: edits of files', () => {
  let rules: RulesDir;
  let running: Reloading;

  beforeEach(async () => {
    rules = new RulesDir({ 'a.yaml': 'one', 'lists/partners.txt': 'partner.example' });
    running = await Reloading.start(rules.path);
  });

  afterEach(async () => {
    await running.close();
    rules.dispose();
  });

  const list = { 'lists/partners.txt': 'partner.example' };

  it('sees a file written in place', async () => {
    rules.write('a.yaml', 'two');
    await running.untilInForce({ 'a.yaml': 'two', ...list });
  });

  it('sees a new file renamed over the old one, again and again', async () => {
    for (const text of ['two', 'three', 'four']) {
      rules.saveByRename('a.yaml', text);
      await running.untilInForce({ 'a.yaml': text, ...list });
    }
  });

  it('sees a save that leaves no file of the name for a moment, again and again', async () => {
    for (const text of ['two', 'three', 'four']) {
      rules.saveLikeVim('a.yaml', text);
      await running.untilInForce({ 'a.yaml': text, ...list });
    }
  });

  it('publishes nothing of a write that goes on', async () => {
    const chunks = ['b', 'c', 'd', 'e'];
    const whole = 'abcde';
    // Each event of the write brings its next part: the writer is never further than one debounce from its end.
    running.onHint = () => appendFileSync(rules.at('a.yaml'), chunks.shift() ?? '');
    rules.write('a.yaml', 'a');
    await running.untilInForce({ 'a.yaml': whole, ...list });
    expect(running.published.map(({ texts }) => texts['a.yaml'])).to.deep.equal(['one', whole]);
  });

  it('ends with the whole file also when a part of it was published', async () => {
    rules.write('a.yaml', 'first half');
    await running.untilInForce({ 'a.yaml': 'first half', ...list });
    appendFileSync(rules.at('a.yaml'), ', second half');
    await running.untilInForce({ 'a.yaml': 'first half, second half', ...list });
  });

  it('sees a file added and removed', async () => {
    rules.write('b.yaml', 'more');
    await running.untilInForce({ 'a.yaml': 'one', 'b.yaml': 'more', ...list });
    rmSync(rules.at('b.yaml'));
    await running.untilInForce({ 'a.yaml': 'one', ...list });
  });

  it('sees a list file of any name in a folder below', async () => {
    rules.write('lists/partners.txt', 'other.example');
    await running.untilInForce({ 'a.yaml': 'one', 'lists/partners.txt': 'other.example' });
    rules.saveByRename('a.yaml', 'two');
    rules.write('lists/UPPER~', 'third.example');
    await running.untilInForce({
      'a.yaml': 'two',
      'lists/partners.txt': 'other.example',
      'lists/UPPER~': 'third.example',
    });
  });

  it('sees one line of 100,000 changed', async () => {
    const hosts = Array.from({ length: 100_000 }, (_, position) => `host${position}.example`);
    rules.write('lists/large.txt', hosts.join('\n'));
    await running.untilInForce({ 'a.yaml': 'one', 'lists/large.txt': hosts.join('\n'), ...list });
    hosts[77_777] = 'changed.example';
    rules.write('lists/large.txt', hosts.join('\n'));
    await running.untilInForce({ 'a.yaml': 'one', 'lists/large.txt': hosts.join('\n'), ...list });
  });

  it('sees folders made with files in them, and edits in them', async () => {
    rules.write('x/y/z/deep.yaml', 'deep');
    await running.untilInForce({ 'a.yaml': 'one', 'x/y/z/deep.yaml': 'deep', ...list });
    rules.write('x/y/z/deep.yaml', 'deeper');
    await running.untilInForce({ 'a.yaml': 'one', 'x/y/z/deep.yaml': 'deeper', ...list });
  });

  it('sees a folder moved in with files, edits in it, and the folder moved out', async () => {
    writeFiles(rules.beside('staging'), { 'b.yaml': 'b', 'deep/c.yaml': 'c' });
    renameSync(rules.beside('staging'), rules.at('moved'));
    await running.untilInForce({ 'a.yaml': 'one', 'moved/b.yaml': 'b', 'moved/deep/c.yaml': 'c', ...list });
    rules.write('moved/deep/c.yaml', 'changed');
    await running.untilInForce({ 'a.yaml': 'one', 'moved/b.yaml': 'b', 'moved/deep/c.yaml': 'changed', ...list });
    renameSync(rules.at('moved'), rules.beside('away'));
    await running.untilInForce({ 'a.yaml': 'one', ...list });
  });

  it('sees edits in a folder that was deleted and made again at once', async () => {
    for (const text of ['two', 'three', 'four']) {
      rmSync(rules.at('lists'), { recursive: true });
      rules.write('lists/partners.txt', text);
      await running.untilInForce({ 'a.yaml': 'one', 'lists/partners.txt': text });
      rules.write('lists/partners.txt', `${text} edited`);
      await running.untilInForce({ 'a.yaml': 'one', 'lists/partners.txt': `${text} edited` });
    }
  });

  it('keeps the last good rules while a file is bad, says why, and recovers', async () => {
    rules.write('a.yaml', 'bad');
    await running.untilRejected();
    expect(running.texts).to.deep.equal({ 'a.yaml': 'one', ...list });
    expect(running.store.generation).to.equal(1);
    expect(running.store.lastReload?.errors).to.deep.equal(['a.yaml']);
    rules.write('a.yaml', 'good again');
    await running.untilInForce({ 'a.yaml': 'good again', ...list });
    expect(running.store.lastReload?.ok).to.equal(true);
    expect(running.store.generation).to.equal(2);
  });

  it('publishes nothing when a file is rewritten with what it held', async () => {
    const attempts = running.events.length;
    writeFileSync(rules.at('a.yaml'), 'one');
    await running.until(() => running.events.length > attempts, 'an attempt');
    expect(running.events.at(-1)?.kind).to.equal('unchanged');
    expect(running.store.generation).to.equal(1);
  });

  it('numbers publications strictly upwards', async () => {
    for (const text of ['two', 'three', 'four']) {
      rules.write('a.yaml', text);
      await running.untilInForce({ 'a.yaml': text, ...list });
    }
    expect(running.published.map(({ generation }) => generation)).to.deep.equal([1, 2, 3, 4]);
  });
});
