import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { formatLoss } from '#refgate/import/format-loss.js';
import {
  type ImportFixture,
  importFixtures,
  importText,
  singleFileFormats,
  snapshotOf,
} from '../../support/import-fixtures.js';
import { fromRoot } from '../../support/paths.js';

/**
 * Each configuration in test/fixtures/import has the rule file that comes of it beside it, and what goes to stderr.
 * `UPDATE_GOLDEN=1` writes both anew; read the difference before you commit it.
 */
function expectGolden(path: string, actual: string): void {
  if (process.env['UPDATE_GOLDEN']) writeFileSync(path, actual);
  expect(existsSync(path) ? readFileSync(path, 'utf8') : `(there is no ${path})`).to.equal(actual);
}

function test(fixture: ImportFixture): void {
  it(`writes what is expected of ${fixture.name}`, async () => {
    const { yaml, losses } = await importText(fixture.format, fixture.text, fixture.name);
    expectGolden(`${fixture.base}.yaml`, yaml);
    expectGolden(`${fixture.base}.stderr.txt`, losses.map((loss) => `${formatLoss(loss)}\n`).join(''));
  });

  it(`writes rules of ${fixture.name} that load`, async () => {
    const { yaml } = await importText(fixture.format, fixture.text, fixture.name);
    expect((await snapshotOf(yaml)).generation).to.equal(1);
  });
}

for (const format of singleFileFormats) {
  describe(`import ${format}`, () => {
    const fixtures = importFixtures(format);
    for (const fixture of fixtures) test(fixture);

    it('is tried on five real configurations and more, each with its source', () => {
      const sources = readFileSync(fromRoot(`test/fixtures/import/${format}/SOURCES.md`), 'utf8');
      expect(fixtures.length).to.be.at.least(5);
      const patterns = [...sources.matchAll(/^\| `([^`]+)`/gm)].map(([, name = '']) => name.replace('*', ''));
      for (const { name } of fixtures) {
        expect(
          patterns.some((each) => name === each || name.startsWith(each.replace(/\.[a-z]+$/, ''))),
          name,
        ).to.equal(true);
      }
    });
  });
}
