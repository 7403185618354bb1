import { expect } from 'chai';
import fc from 'fast-check';
import { type ImportFormatName, importFormats } from '#refgate/import/formats.js';
import { overLimit } from '#refgate/import/over-limit.js';
import { writeRuleFile } from '#refgate/import/write-rule-file.js';
import { importFixtures, singleFileFormats, snapshotOf, tryImport } from '../support/import-fixtures.js';

const SEED = 20_261_122;

/** Pieces that mean something in one of the formats. */
const pieces = [
  ...['<', '>', '/>', '</', '&amp;', '<Referer>', '</Referer>', '<RefererList/>', '<!DOCTYPE a>', '<![CDATA[', ']]>'],
  ...['{', '}', '[', ']', ',', ':', '"', '\\', 'null', 'true', '-1', '"Referers":[', '"Domain":"*"', '"Switch":"on"'],
  ...['\n', ' ', '\\\n', '#', '!', '^', '$', '(', ')', '|', '.*', '?', '~', '%{HTTP_HOST}', '[OR]', '[NC]', '- [F]'],
  ...['\0', '\u001b', '\u2028', '\ufeff', '\u{1f600}', '*', '**', '..', '/../', '//', 'a'.repeat(5000), '.example'],
];

const insert = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

/** A configuration with one stretch of it replaced, truncations among them. */
function mutated(format: ImportFormatName): fc.Arbitrary<string> {
  const texts = importFixtures(format).map(({ text }) => text);
  return fc
    .record({
      text: fc.constantFrom(...texts),
      at: fc.nat(),
      length: fc.oneof(fc.nat(40), fc.constant(100_000)),
      insert,
    })
    .map((change) => {
      const start = change.at % (change.text.length + 1);
      return change.text.slice(0, start) + change.insert + change.text.slice(start + change.length);
    });
}

/** Imports a text, and checks that what is written loads: a loss may be, a broken rule file may not. */
async function importAndLoad(format: ImportFormatName, text: string): Promise<'refused' | 'imported'> {
  const result = await tryImport(format, text);
  if ('problem' in result) {
    expect(result.line).to.be.at.least(1);
    return 'refused';
  }
  expect(overLimit(result)).to.equal(undefined);
  const yaml = writeRuleFile(result, { product: importFormats[format].product, file: 'file' });
  const snapshot = await snapshotOf(yaml);
  expect(snapshot.policies.length).to.equal(result.policies.length);
  return 'imported';
}

for (const format of singleFileFormats) {
  describe(`import ${format} of what nobody meant`, () => {
    it('never throws, whatever the text', async () => {
      const anything = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join('')),
      );
      const property = fc.asyncProperty(anything, async (text) => void (await importAndLoad(format, text)));
      await fc.assert(property, { seed: SEED, numRuns: 500 });
    });

    it('writes rules that load, or refuses, whatever a configuration is changed into', async () => {
      const seen = { refused: 0, imported: 0 };
      const property = fc.asyncProperty(mutated(format), async (text) => {
        seen[await importAndLoad(format, text)] += 1;
      });
      await fc.assert(property, { seed: SEED, numRuns: 250 });
      expect(seen.imported, JSON.stringify(seen)).to.be.greaterThan(4);
    });

    it('ends on what is nested deeply, and on what is long', async () => {
      const deep = ['<a>', '{"a":', '[', '<Files a>\n', 'RewriteCond %{HTTP_REFERER} !(', '('].map((each) =>
        each.repeat(200_000),
      );
      const long = [' ', 'a', '"', '\n', '\\\n', '<Referer/>'].map((each) => each.repeat(1_000_000));
      for (const text of [...deep, ...long]) await importAndLoad(format, text);
    });
  });
}

describe('import of long lists', () => {
  const referers = Array.from({ length: 10_000 }, (_, number) => `a${number}.example`);
  const elements = referers.map((each) => `<Referer>${each}</Referer>`).join('');
  const values = { RuleType: 'all', RefererType: 'whitelist', Referers: referers };
  const conditions = referers.slice(0, 5000).map((each) => `RewriteCond %{HTTP_REFERER} !^http://${each}/`);
  const texts: Readonly<Record<(typeof singleFileFormats)[number], string>> = {
    oss: `<RefererConfiguration><AllowEmptyReferer>true</AllowEmptyReferer><RefererList>${elements}</RefererList></RefererConfiguration>`,
    cdn: JSON.stringify([
      {
        functionName: 'referer_white_list_set',
        functionArgs: [{ argName: 'refer_domain_allow_list', argValue: referers.join(',') }],
      },
    ]),
    'tencent-cdn': JSON.stringify({ Switch: 'on', RefererRules: [values] }),
    'huawei-cdn': JSON.stringify({ referer_type: 2, referer_list: referers.join(';') }),
    volcengine: JSON.stringify({ RuleType: 'allow', Referers: referers }),
    htaccess: `${conditions.join('\n')}\nRewriteRule .* - [F]\n`,
  };
  for (const format of singleFileFormats) {
    it(`takes one of ${format}`, async () => {
      expect(await importAndLoad(format, texts[format])).to.equal('imported');
    });
  }
});
