import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { formatLoss } from '#refgate/import/format-loss.js';
import { writeRuleFile } from '#refgate/import/write-rule-file.js';
import { snapshotOf } from '../../../support/import-fixtures.js';
import { importConfiguration, nginxFixtures } from '../../../support/nginx-fixtures.js';
import { fromRoot } from '../../../support/paths.js';

/** `UPDATE_GOLDEN=1` writes the files anew; read the difference before you commit it. */
function expectGolden(path: string, actual: string): void {
  if (process.env['UPDATE_GOLDEN']) writeFileSync(path, actual);
  expect(existsSync(path) ? readFileSync(path, 'utf8') : `(there is no ${path})`).to.equal(actual);
}

describe('import nginx: real configurations', () => {
  for (const { name, base, text } of nginxFixtures()) {
    it(`makes of ${name} what is expected, and it loads`, async () => {
      // Named by its real place, so that its includes are found; in the goldens it is named without.
      const imported = await importConfiguration(text, `${base}.conf`);
      const placeless = (written: string): string => written.replaceAll(fromRoot('test/fixtures/import/nginx/'), '');
      const yaml = placeless(writeRuleFile(imported, { product: 'nginx', file: name }));
      expectGolden(`${base}.yaml`, yaml);
      expectGolden(`${base}.stderr.txt`, imported.losses.map((loss) => `${placeless(formatLoss(loss))}\n`).join(''));
      expect((await snapshotOf(yaml)).policies).to.have.lengthOf(imported.policies.length);
    });
  }

  it('are five and more, each with its source', () => {
    const sources = readFileSync(fromRoot('test/fixtures/import/nginx/SOURCES.md'), 'utf8');
    const named = [...sources.matchAll(/^\| `([^`]+)` /gm)].map(([, name = '']) => name.replace(/\/$/, '/nginx.conf'));
    const names = nginxFixtures().map(({ name }) => name);
    expect(names.length).to.be.at.least(5);
    expect(named).to.have.members(names);
  });
});
