import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadManageSettings } from '#refgate/manage/settings/load-manage-settings.js';
import type { ManageSettings } from '#refgate/manage/settings/manage-settings.js';
import { formatRuleError } from '#refgate/rules/rule-error.js';
import { fromRoot } from '../../../support/paths.js';

const everything = fromRoot('test/fixtures/manage/valid/everything.yaml');

async function settingsOf(file: string, rules: string): Promise<ManageSettings> {
  const result = await loadManageSettings({ file, rules });
  if (!result.ok) throw new Error(result.errors.map(formatRuleError).join('\n'));
  return result.settings;
}

async function warningsOf(file: string, rules: string): Promise<string[]> {
  const result = await loadManageSettings({ file, rules });
  return result.ok ? result.warnings.map(formatRuleError) : expect.fail('must load');
}

describe('the management settings', () => {
  let around = '';
  const at = (name: string): string => join(around, name);
  const write = (text: string): string => {
    writeFileSync(at('manage.yaml'), text);
    return at('manage.yaml');
  };

  beforeEach(() => {
    around = mkdtempSync(join(tmpdir(), 'refgate-manage-'));
    mkdirSync(at('rules'));
  });
  afterEach(() => rmSync(around, { recursive: true }));

  it('have their defaults', async () => {
    const settings = await settingsOf(write('{}\n'), at('rules'));
    expect(settings).to.deep.equal({
      managed: 'managed',
      readOnly: false,
      maxSkewSeconds: 900,
      requestsPerSecond: 50,
      accessKeys: new Map(),
      tokens: [],
      buckets: new Map(),
      domains: new Map(),
    });
  });

  it('say all that a file can say', async () => {
    const settings = await settingsOf(everything, at('rules'));
    expect(settings).to.include({ managed: 'by-api/files', readOnly: true, maxSkewSeconds: 60, requestsPerSecond: 0 });
    expect([...settings.accessKeys.values()]).to.deep.equal([
      {
        id: 'AKSHOP',
        secret: ' sk with: any # text ',
        buckets: new Map([
          ['shop-images', 'editor'],
          ['*', 'viewer'],
        ]),
        domains: new Map([
          ['cdn.shop.example', 'editor'],
          ['.wild.example', 'viewer'],
        ]),
      },
      { id: 'LTAI5t.file@1', secret: 'sk-from-a-file', buckets: new Map(), domains: new Map() },
    ]);
    expect(settings.tokens).to.deep.equal([
      { name: 'continuous integration', secret: '12345', role: 'editor' },
      { name: 'AKSHOP', secret: 'sk-from-a-file', role: 'viewer' },
    ]);
  });

  it('give each bucket and domain its hosts and its policy', async () => {
    const { buckets, domains } = await settingsOf(everything, at('rules'));
    expect([...buckets.values()]).to.deep.equal([
      {
        name: 'shop-images',
        policy: 'shop-images',
        hosts: ['img.shop.example', '*.img.shop.example', 'a?*.shop.example'],
      },
      { name: '_video', policy: 'video.1', hosts: ['video-*.shop.example', '[2001:db8::1]', 'xn--bcher-kva.example'] },
    ]);
    expect([...domains]).to.deep.equal([
      ['cdn.shop.example', { name: 'cdn.shop.example', policy: 'cdn.shop.example', hosts: ['cdn.shop.example'] }],
      ['cdn2.shop.example', { name: 'cdn2.shop.example', policy: 'cdn2.shop.example', hosts: ['cdn2.shop.example'] }],
      ['.wild.example', { name: '.wild.example', policy: 'wild-example', hosts: ['*.wild.example'] }],
      ['a.wild.example', { name: 'a.wild.example', policy: 'a.wild.example', hosts: ['a.wild.example'] }],
    ]);
  });

  for (const [written, secret] of [
    ['sk', 'sk'],
    ['sk\n', 'sk'],
    ['sk\r\n', 'sk'],
    ['sk\n\n', 'sk\n'],
    [' sk \n', ' sk '],
    ['', undefined],
    ['\r\n', undefined],
  ] as const) {
    it(`take ${JSON.stringify(secret)} of a secret file with ${JSON.stringify(written)}`, async () => {
      writeFileSync(at('secret'), written);
      const file = write('tokens: [{ name: ci, secretFile: secret, role: viewer }]\n');
      const result = await loadManageSettings({ file, rules: at('rules') });
      expect(result.ok ? result.settings.tokens[0]?.secret : undefined).to.equal(secret);
    });
  }

  for (const mode of [0o600, 0o640, 0o604, 0o602, 0o666]) {
    const octal = `0${mode.toString(8)}`;
    it(`warn of a secret file that is open to others: ${octal}`, async () => {
      writeFileSync(at('secret'), 'sk');
      chmodSync(at('secret'), mode);
      const warnings = await warningsOf(
        write('tokens: [{ name: ci, secretFile: secret, role: viewer }]\n'),
        at('rules'),
      );
      const open = `manage.yaml:1:34: tokens[0].secretFile: every user of this machine has access to the secret file (mode ${octal})`;
      expect(warnings.map((line) => line.replace(`${around}/`, '').split(';')[0])).to.deep.equal(
        (mode & 0o007) === 0 ? [] : [open],
      );
    });
  }

  it('warn of secrets out of the documentation, wherever they lie', async () => {
    writeFileSync(at('secret'), 'replace-me-too\n', { mode: 0o600 });
    const keys =
      '[{ id: a, secret: replace-me-key }, { id: b, secretFile: secret }, { id: c, secret: do-not-replace-me }]';
    const warnings = await warningsOf(write(`accessKeys: ${keys}\n`), at('rules'));
    expect(warnings.map((line) => /accessKeys\S+(?=:)/.exec(line)?.[0])).to.deep.equal([
      'accessKeys[0].secret',
      'accessKeys[1].secretFile',
    ]);
    expect(warnings.join()).not.to.match(/replace-me-(key|too)/);
  });

  it('may name a managed folder that is there, and a rule folder that is a link', async () => {
    mkdirSync(at('rules/managed'));
    symlinkSync('rules', at('link'));
    expect(await settingsOf(write('managed: ./managed\n'), at('link'))).to.include({ managed: 'managed' });
  });

  it('are looked at where the rule folder is missing, which is told when rules are loaded', async () => {
    expect(await settingsOf(write('managed: managed\n'), at('nowhere'))).to.include({ managed: 'managed' });
  });

  it('that cannot be read are told so', async () => {
    const result = await loadManageSettings({ file: at('nowhere.yaml'), rules: at('rules') });
    const errors = result.ok ? [] : result.errors.map(formatRuleError);
    expect(errors).to.deep.equal([
      `${at('nowhere.yaml')}:1:1: the settings file cannot be read: no such file or directory (ENOENT)`,
    ]);
  });
});
