import { mkdirSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type HoldOptions, holdRuleFiles } from '#refgate/rules/read/hold-rule-files.js';
import { identityNow } from '#refgate/rules/read/read-file.js';
import { useFolder } from '../../../support/loaded-folder.js';
import { writeFiles } from '../../../support/rules-dir.js';

describe('rule files that are held', () => {
  const folder = useFolder();
  const hold = (options: Partial<HoldOptions> = {}, below = '.') =>
    holdRuleFiles(join(folder(), below), { lists: [], isKnown: () => false, ...options });

  it('have their contents, in order', async () => {
    writeFiles(folder(), { 'b.yaml': 'policies: []', 'a/c.json': '{}', 'a/list.txt': 'a.example' });
    const held = await hold();
    expect(held?.files.map(({ relative, content }) => [relative, String(content)])).to.deep.equal([
      ['a/c.json', '{}'],
      ['b.yaml', 'policies: []'],
    ]);
  });

  it('keep the problem of what cannot be looked at', async () => {
    symlinkSync('nowhere', join(folder(), 'a.yaml'));
    const [file] = (await hold())?.files ?? [];
    expect(file?.problem).to.match(/^cannot be read: /);
    expect(file?.content).to.equal(undefined);
  });

  it('are no more than 16 MiB together', async () => {
    writeFiles(folder(), { 'a.yaml': '', 'b.yaml': '' });
    truncateSync(join(folder(), 'a.yaml'), 9 * 1024 * 1024);
    truncateSync(join(folder(), 'b.yaml'), 7 * 1024 * 1024);
    expect((await hold())?.files).to.have.length(2);
    truncateSync(join(folder(), 'b.yaml'), 7 * 1024 * 1024 + 1);
    expect(await hold()).to.equal(undefined);
  });

  it('are not read where they are known, and come with what lists looked like', async () => {
    writeFiles(folder(), { 'a.yaml': 'a', 'b.yaml': 'b', 'l.txt': 'a.example' });
    const held = await hold({ lists: ['l.txt', 'none.txt'], isKnown: ({ relative }) => relative === 'a.yaml' });
    expect(held?.files.map(({ content }) => content && String(content))).to.deep.equal([undefined, 'b']);
    expect([...(held?.lists ?? [])]).to.deep.equal([
      ['l.txt', identityNow(join(folder(), 'l.txt'))],
      ['none.txt', 'gone'],
    ]);
  });

  it('are none where there is no directory', async () => {
    mkdirSync(join(folder(), 'rules'));
    expect((await hold({}, 'rules'))?.files).to.deep.equal([]);
    expect(await hold({}, 'other')).to.equal(undefined);
  });
});
