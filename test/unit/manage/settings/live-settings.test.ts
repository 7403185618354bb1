import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { LiveSettings } from '#refgate/manage/settings/live-settings.js';
import { loadManageSettings } from '#refgate/manage/settings/load-manage-settings.js';

describe('the settings in force', () => {
  let around = '';
  let told: string[] = [];
  const write = (text: string): void => writeFileSync(join(around, 'manage.yaml'), text);

  const live = async (): Promise<LiveSettings> => {
    const place = { file: join(around, 'manage.yaml'), rules: join(around, 'rules') };
    const first = await loadManageSettings(place);
    if (!first.ok) throw new Error('must load');
    return new LiveSettings(place, first.settings, {
      settingsLoaded: () => told.push('loaded'),
      secretsWeak: (warnings) => told.push(...warnings.map((warning) => warning.replace(`${around}/`, ''))),
      settingsRejected: (errors) => told.push(`rejected ${errors.length}`),
    });
  };

  beforeEach(() => {
    told = [];
    around = mkdtempSync(join(tmpdir(), 'refgate-manage-'));
    mkdirSync(join(around, 'rules'));
    write('maxSkewSeconds: 1\n');
  });
  afterEach(() => rmSync(around, { recursive: true }));

  it('are a new object after a reload, so that a request keeps its own', async () => {
    const settings = await live();
    const before = settings.current;
    write('maxSkewSeconds: 2\n');
    await settings.reload();
    expect([before.maxSkewSeconds, settings.current.maxSkewSeconds]).to.deep.equal([1, 2]);
  });

  it('say at each reload which secrets others may know', async () => {
    const settings = await live();
    write('tokens: [{ name: ci, secret: replace-me-token, role: viewer }]\n');
    for (let round = 0; round < 2; round++) await settings.reload();
    expect(told).to.have.length(4);
    expect(told.filter((line) => line === 'loaded')).to.have.length(2);
    expect(told[1]).to.match(/^manage\.yaml:1:30: tokens\[0\]\.secret: the secret is one of the documentation/);
  });

  it('stay where a file is wrong, is gone, or moves the managed folder', async () => {
    const settings = await live();
    for (const text of ['maxSkewSeconds: 0\nreadonly: true\n', 'managed: elsewhere\n']) {
      write(text);
      await settings.reload();
    }
    rmSync(join(around, 'manage.yaml'));
    await settings.reload();
    expect(told).to.deep.equal(['rejected 2', 'rejected 1', 'rejected 1']);
    expect(settings.current.maxSkewSeconds).to.equal(1);
  });
});
