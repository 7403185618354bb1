import { expect } from 'chai';
import { loadRules } from '#refgate/rules/load.js';
import { loadPreset } from '#refgate/rules/presets/load-preset.js';
import { PRESET_NAMES, type PresetName } from '#refgate/rules/presets/preset-names.js';
import { formatRuleError } from '#refgate/rules/rule-error.js';
import { RulesDir } from '../support/rules-dir.js';
import { runRefgate } from '../support/run-refgate.js';

const presets = (...args: readonly string[]) => runRefgate(['presets', ...args]);

function entriesAsJson(name: string): { entry: string; why: string; source: string }[] {
  return JSON.parse(presets(name, '--format', 'json').stdout).entries;
}

/** How many entries the rules of a folder have, about which there is nothing to warn of. */
async function entriesOf(folder: string): Promise<number> {
  const loaded = await loadRules(folder);
  if (!loaded.ok) throw new Error(loaded.errors.map(formatRuleError).join('\n'));
  expect(loaded.warnings).to.deep.equal([]);
  return loaded.rules.entries;
}

describe('refgate presets', () => {
  it('lists every preset with its count and what it is', async () => {
    const { status, stdout } = presets();
    expect(status).to.equal(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.map((line) => line.split(' ')[0])).to.deep.equal([...PRESET_NAMES]);
    for (const line of lines) expect(line).to.match(/ \d+ entries {2}\S/);
    const counts = JSON.parse(presets('--format', 'json').stdout) as { name: PresetName; entries: number }[];
    for (const { name, entries } of counts) {
      const { groups } = await loadPreset(name);
      expect(entries).to.equal(groups.flatMap((group) => group.entries).length);
    }
  });

  it('tells of each entry why it is there and where that is from', () => {
    expect(entriesAsJson('mini-programs')[0]).to.deep.equal({
      entry: 'https://servicewechat.com/',
      why: 'WeChat mini programs send https://servicewechat.com/{appid}/{version}/page-frame.html, which they cannot change',
      source: 'https://developers.weixin.qq.com/miniprogram/dev/framework/ability/network.html',
    });
  });

  it('exits with 64 for a name that is none, and says which there are', () => {
    const { status, stderr } = presets('newsletters');
    expect(status).to.equal(64);
    for (const name of ['newsletters', ...PRESET_NAMES]) expect(stderr).to.contain(name);
  });

  for (const name of PRESET_NAMES) {
    it(`prints ${name} as a list file of as many entries`, async () => {
      const policy = (entries: string) => `{ name: ${name}, referer: { exact: true, allow: [${entries}] } }`;
      const dir = new RulesDir({ 'a.yaml': `policies: [${policy(`{ preset: ${name} }`)}]\n` });
      const counted = await entriesOf(dir.path);
      expect(entriesAsJson(name)).to.have.length(counted);
      dir.write('a.yaml', `policies: [${policy('{ file: list.txt }')}]\n`);
      dir.write('list.txt', presets(name).stdout);
      expect(await entriesOf(dir.path)).to.equal(counted);
      dir.dispose();
    });
  }
});
