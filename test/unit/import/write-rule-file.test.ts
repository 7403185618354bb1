import { expect } from 'chai';
import type { Imported, Loss } from '#refgate/import/imported.js';
import { writeRuleFile } from '#refgate/import/write-rule-file.js';
import { snapshotOf } from '../../support/import-fixtures.js';

const origin = { product: 'Some CDN', file: '/home/me/secret/conf.json' };

function written(imported: Partial<Imported>): string {
  return writeRuleFile({ policies: [], losses: [], ...imported }, origin);
}

function loss(line: number, message: string, changesDecisions: boolean): Loss {
  return { file: '/home/me/secret/conf.json', line, message, changesDecisions };
}

describe('writeRuleFile', () => {
  it('says where the rules come from, and nothing of the folders of this machine', () => {
    expect(written({})).to.equal('# Imported from Some CDN: conf.json\n\npolicies: []\n');
  });

  it('repeats the losses that change decisions, with their lines', () => {
    const yaml = written({ losses: [loss(3, 'changing', true), loss(4, 'harmless', false)] });
    expect(yaml).to.contain('# - conf.json:3: changing\n').and.not.contain('harmless');
  });

  it('shows the first losses of very many', () => {
    const losses = Array.from({ length: 30 }, (_, line) => loss(line + 1, 'lost', true));
    expect(written({ losses })).to.contain('# - conf.json:20: lost\n# … and 10 more\n').and.not.contain(':21:');
  });

  it('adds allowSelf: false to every policy, makes names unique, and sets policies off', () => {
    const policy = { name: 'a', referer: { allow: ['shop.example'] } };
    const yaml = written({
      policies: [
        { policy, comments: ['first'] },
        { policy, comments: [] },
      ],
    });
    expect(yaml.match(/allowSelf: false/g)).to.have.length(2);
    expect(yaml).to.contain('  # first\n  - name: a\n').and.contain('\n\n  - name: a-2\n');
  });

  it('writes texts that would be something else in YAML so that they stay texts', async () => {
    const allow = ['*', '~^a: b #c', '192.0.2.0/24', 'null', 'true', '1.5', 'a.example:8080'];
    const yaml = written({ policies: [{ policy: { name: 'a', referer: { allow } }, comments: [] }] });
    const { policies } = await snapshotOf(yaml);
    expect(policies[0]?.name).to.equal('a');
    for (const entry of allow) expect(yaml).to.contain(entry);
  });

  it('keeps line breaks and control characters of a configuration from leaving a comment', async () => {
    const comments = ['first\npolicies: [] # \u2028 \u001b[2J \u202e'];
    const yaml = written({ policies: [{ policy: { name: 'a', referer: {} }, comments }] });
    expect(yaml).to.contain(String.raw`# first\x0apolicies: [] # \u2028 \x1b[2J \u202e`);
    expect((await snapshotOf(yaml)).policies).to.have.length(1);
  });
});
