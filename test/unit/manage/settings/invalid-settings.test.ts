import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadManageSettings } from '#refgate/manage/settings/load-manage-settings.js';
import { formatRuleError } from '#refgate/rules/rule-error.js';
import { fromRoot } from '../../../support/paths.js';

/**
 * One tiny file for each mistake, beside the exact text that an operator gets for it.
 * `UPDATE_GOLDEN=1` writes the texts anew; read the difference before you commit it.
 */
const folder = fromRoot('test/fixtures/manage/invalid');
const mistakes = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const goldenOf = (mistake: string): string => join(folder, mistake.replace(/\.yaml$/, '.errors.txt'));

describe('a management settings file with a mistake', () => {
  let around = '';
  let rules = '';

  before(() => {
    around = mkdtempSync(join(tmpdir(), 'refgate-manage-'));
    rules = join(around, 'rules');
    mkdirSync(rules);
    mkdirSync(join(around, 'outside'));
    symlinkSync('../outside', join(rules, 'linked'));
    writeFileSync(join(rules, 'rules.yaml'), 'policies: []\n');
  });

  after(() => rmSync(around, { recursive: true }));

  for (const mistake of mistakes) {
    it(mistake, async () => {
      const result = await loadManageSettings({ file: join(folder, mistake), rules });
      expect(result.ok, 'must not load').to.equal(false);
      const lines = result.ok ? [] : result.errors.map((error) => formatRuleError(error).replace(`${folder}/`, ''));
      const errors = `${lines.join('\n')}\n`;
      if (process.env['UPDATE_GOLDEN']) writeFileSync(goldenOf(mistake), errors);
      expect(errors).to.equal(readFileSync(goldenOf(mistake), 'utf8'));
    });
  }

  it('is known in many forms, each with its text and each text with its file', () => {
    expect(mistakes.length).to.be.at.least(100);
    expect(readdirSync(folder).length).to.equal(mistakes.length * 2);
  });

  it('is told with its place', () => {
    for (const mistake of mistakes) {
      const lines = readFileSync(goldenOf(mistake), 'utf8').trimEnd().split('\n');
      for (const line of lines) expect(line, mistake).to.match(/^[\w.-]+:[1-9]\d*:[1-9]\d*: ./);
    }
  });

  it('is told without a secret, wherever that is written', () => {
    const withSecrets = mistakes.filter((mistake) => /[st]k-/.test(readFileSync(join(folder, mistake), 'utf8')));
    expect(withSecrets.length).to.be.at.least(35);
    for (const mistake of mistakes)
      expect(readFileSync(goldenOf(mistake), 'utf8'), mistake).not.to.match(/[st]k-|123456/);
  });
});
