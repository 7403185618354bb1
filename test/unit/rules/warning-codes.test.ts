import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse } from 'yaml';
import type { LoadResult } from '#refgate/rules/load/load-result.js';
import { WARNING_CODES } from '#refgate/rules/rule-error.js';
import { linesOf, loadFiles, useFolder } from '../../support/loaded-folder.js';
import { fromRoot } from '../../support/paths.js';

interface RuleFile {
  readonly policies: readonly { readonly silence?: readonly string[] }[];
}

/** For each code one file that gets this warning and no other, and the text of it. */
describe('a warning', () => {
  const folder = useFolder();

  async function load(text: string): Promise<{ result: LoadResult; lines: string[] }> {
    const { result, lines } = await loadFiles(folder(), { 'rules.yaml': text });
    expect(result.ok, lines.join('\n')).to.equal(true);
    return { result, lines: linesOf(result, folder()) };
  }

  for (const code of WARNING_CODES) {
    const rules = fromRoot(`test/fixtures/rules/warnings/${code}.yaml`);

    /** `UPDATE_GOLDEN=1` writes the texts anew; read the difference before you commit it. */
    it(`${code} is raised, in words that say what to do`, async () => {
      const { result, lines } = await load(readFileSync(rules, 'utf8'));
      expect(new Set(result.ok ? result.warnings.map((warning) => warning.code) : [])).to.deep.equal(new Set([code]));
      const golden = rules.replace(/yaml$/, 'warnings.txt');
      if (process.env['UPDATE_GOLDEN']) writeFileSync(golden, `${lines.join('\n')}\n`);
      expect(`${lines.join('\n')}\n`).to.equal(readFileSync(golden, 'utf8'));
      for (const line of lines) expect(line).to.match(new RegExp(`\\bsilence ${code}(?: if that is meant)?$`));
    });

    it(`${code} is silenced by the policy`, async () => {
      const file = parse(readFileSync(rules, 'utf8')) as RuleFile;
      const policies = file.policies.map((policy) => ({ ...policy, silence: [...(policy.silence ?? []), code] }));
      expect((await load(JSON.stringify({ policies }))).lines).to.deep.equal([]);
    });

    it(`${code} is documented`, () => {
      expect(readFileSync(fromRoot('docs/warnings.md'), 'utf8')).to.match(new RegExp(`^## ${code}$`, 'm'));
    });
  }

  it('has a code that the documentation does not invent', () => {
    const sections = [...readFileSync(fromRoot('docs/warnings.md'), 'utf8').matchAll(/^## ([a-z-]+)$/gm)];
    expect(sections.map(([, code]) => code)).to.have.members([...WARNING_CODES]);
  });
});
