import { spawnSync } from 'node:child_process';
import { expect } from 'chai';
import { PRESET_NAMES } from '#refgate/rules/presets/preset-names.js';
import { fromRoot } from '../support/paths.js';
import { RulesDir } from '../support/rules-dir.js';

function refgate(...args: readonly string[]) {
  return spawnSync(process.execPath, [fromRoot('dist/main.js'), ...args], { encoding: 'utf8' });
}

function entriesAsJson(name: string): { entry: string; why: string; source: string }[] {
  return JSON.parse(refgate('presets', name, '--format', 'json').stdout).entries;
}

describe('refgate presets', () => {
  it('lists every preset with its count and what it is', () => {
    const { status, stdout } = refgate('presets');
    expect(status).to.equal(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.map((line) => line.split(' ')[0])).to.deep.equal([...PRESET_NAMES]);
    for (const line of lines) expect(line).to.match(/ \d+ entries {2}\S/);
    const all = JSON.parse(refgate('presets', '--format', 'json').stdout);
    for (const { name, entries } of all) expect(entries).to.equal(entriesAsJson(name).length);
  });

  it('tells of each entry why it is there and where that is from', () => {
    expect(entriesAsJson('mini-programs')[0]).to.deep.equal({
      entry: 'https://servicewechat.com/',
      why: 'WeChat mini programs send https://servicewechat.com/{appid}/{version}/page-frame.html, which they cannot change',
      source: 'https://developers.weixin.qq.com/miniprogram/dev/framework/ability/network.html',
    });
  });

  it('exits with 64 for a name that is none, and says which there are', () => {
    const { status, stderr } = refgate('presets', 'newsletters');
    expect(status).to.equal(64);
    for (const name of ['newsletters', ...PRESET_NAMES]) expect(stderr).to.contain(name);
  });

  for (const name of PRESET_NAMES) {
    it(`prints ${name} as a list file of as many entries`, () => {
      const policy = (entries: string) => `{ name: ${name}, referer: { exact: true, allow: [${entries}] } }`;
      const dir = new RulesDir({ 'a.yaml': `policies: [${policy(`{ preset: ${name} }`)}]\n` });
      const counted = refgate('validate', '--strict', dir.path);
      expect(counted).to.include({ status: 0, stdout: `1 policy, ${entriesAsJson(name).length} entries: good\n` });
      dir.write('a.yaml', `policies: [${policy('{ file: list.txt }')}]\n`);
      dir.write('list.txt', refgate('presets', name).stdout);
      expect(refgate('validate', '--strict', dir.path).stdout).to.equal(counted.stdout);
      dir.dispose();
    });
  }
});
