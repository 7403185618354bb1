import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import { checkRuleFile } from '#refgate/rules/check-rule-file.js';
import { loadRules } from '#refgate/rules/load.js';
import { useFolder } from '../../support/loaded-folder.js';
import { fromRoot } from '../../support/paths.js';
import { writeFiles } from '../../support/rules-dir.js';

describe('checking the text of a rule file', () => {
  const folder = useFolder();
  const check = (text: string, relative = 'a.yaml') =>
    checkRuleFile(Buffer.from(text), { dir: folder(), relative, botRanges: undefined });

  const fixtures = ['invalid', 'warnings', 'valid']
    .flatMap((kind) => readdirSync(fromRoot(`test/fixtures/rules/${kind}`)).map((name) => `${kind}/${name}`))
    .map((name) => fromRoot(join('test/fixtures/rules', name)))
    .filter((path) => /\.(?:ya?ml|json)$/.test(path) && statSync(path).isFile());

  it(`says what the loader says of each of ${fixtures.length} files`, async () => {
    for (const path of fixtures) {
      const bytes = readFileSync(path);
      const relative = basename(path);
      const checked = await checkRuleFile(bytes, { dir: folder(), relative });
      writeFiles(folder(), { [relative]: bytes });
      const loaded = await loadRules(folder());
      rmSync(join(folder(), relative));
      expect(checked.errors, relative).to.deep.equal(loaded.ok ? [] : loaded.errors);
      expect(checked.warnings, relative).to.deep.equal(loaded.ok ? loaded.warnings : []);
    }
    expect(fixtures.length).to.be.above(150);
  });

  it('reads list files from where the file would stand', async () => {
    writeFiles(folder(), { 'lists/l.txt': 'a.example\n*.*\nb c\n' });
    const text = 'policies: [{ name: a, referer: { allow: [{ file: lists/l.txt }] } }]';
    const { file, errors } = await check(text);
    expect(file).to.equal(`${folder()}/a.yaml`);
    expect(errors.map((error) => [error.file, error.line])).to.deep.include([`${folder()}/lists/l.txt`, 3]);
    expect((await check(text, 'sub/a.yaml')).errors[0]?.message).to.contain('cannot be read');
  });

  it('reads no file outside of the rule directory', async () => {
    for (const outside of ['../x.txt', '/etc/passwd', 'a/../../x.txt']) {
      const { errors } = await check(`policies: [{ name: a, referer: { allow: [{ file: ${outside} }] } }]`);
      expect(errors.length, outside).to.equal(1);
      expect(errors[0]?.message).to.match(/outside the rule directory|must be relative/);
    }
  });

  it('takes off a byte order mark, and places a byte that is no text', async () => {
    expect((await check('\ufeffpolicies: []')).errors).to.deep.equal([]);
    const { errors } = await checkRuleFile(Buffer.from('policies: []\n# \xff', 'latin1'), {
      dir: folder(),
      relative: 'a.yaml',
    });
    expect(errors.map(({ line, column }) => [line, column])).to.deep.equal([[2, 3]]);
  });
});
