import { mkdirSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { holdRuleFiles } from '#refgate/rules/read/hold-rule-files.js';
import { useFolder } from '../../../support/loaded-folder.js';
import { writeFiles } from '../../../support/rules-dir.js';

describe('rule files that are held', () => {
  const folder = useFolder();

  it('have their contents, in order', async () => {
    writeFiles(folder(), { 'b.yaml': 'policies: []', 'a/c.json': '{}', 'a/list.txt': 'a.example' });
    const held = await holdRuleFiles(folder());
    expect(held?.map(({ relative, content }) => [relative, String(content)])).to.deep.equal([
      ['a/c.json', '{}'],
      ['b.yaml', 'policies: []'],
    ]);
  });

  it('keep the problem of what cannot be looked at', async () => {
    symlinkSync('nowhere', join(folder(), 'a.yaml'));
    const [file] = (await holdRuleFiles(folder())) ?? [];
    expect(file?.problem).to.match(/^cannot be read: /);
    expect(file?.content).to.equal(undefined);
  });

  it('are no more than 16 MiB together', async () => {
    writeFiles(folder(), { 'a.yaml': '', 'b.yaml': '' });
    truncateSync(join(folder(), 'a.yaml'), 9 * 1024 * 1024);
    truncateSync(join(folder(), 'b.yaml'), 7 * 1024 * 1024);
    expect(await holdRuleFiles(folder())).to.have.length(2);
    truncateSync(join(folder(), 'b.yaml'), 7 * 1024 * 1024 + 1);
    expect(await holdRuleFiles(folder())).to.equal(undefined);
  });

  it('are none where there is no directory', async () => {
    mkdirSync(join(folder(), 'rules'));
    expect(await holdRuleFiles(join(folder(), 'rules'))).to.deep.equal([]);
    expect(await holdRuleFiles(join(folder(), 'other'))).to.equal(undefined);
  });
});
