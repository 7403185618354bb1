import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { loadFiles, useFolder } from '../support/loaded-folder.js';
import { fromRoot } from '../support/paths.js';

const valid = readFileSync(fromRoot('test/fixtures/rules/valid/everything.yaml'));
const list = readFileSync(fromRoot('test/fixtures/rules/valid/lists/partners.txt'));
const json = readFileSync(fromRoot('test/fixtures/rules/valid/redirect.json'));

/** Pieces that mean something in YAML or in our rules. */
const pieces = [
  '\n',
  '  ',
  '- ',
  ': ',
  '[',
  ']',
  '{',
  '}',
  '"',
  "'",
  '&a ',
  '*a',
  '!x ',
  '|\n',
  '# ',
  '\t',
  '~',
  '<<: ',
];
const words = [
  'policies:',
  'name: a',
  'match:',
  '__proto__: ',
  '\0',
  '\ufeff',
  '---\n',
  '%YAML 1.1\n',
  '\u{1f600}',
  '5',
];

/** A file with one stretch of it replaced: by nothing (truncations among them), by pieces or by any bytes. */
const mutated = fc
  .record({
    file: fc.constantFrom(valid, json),
    at: fc.nat(),
    length: fc.oneof(fc.constant(0), fc.nat(40), fc.constant(100_000)),
    insert: fc.oneof(
      fc.constant(new Uint8Array()),
      fc.array(fc.constantFrom(...pieces, ...words), { maxLength: 20 }).map((parts) => Buffer.from(parts.join(''))),
      fc.uint8Array({ maxLength: 20 }),
    ),
  })
  .map(({ file, at, length, insert }) => {
    const start = at % (file.length + 1);
    return Buffer.concat([file.subarray(0, start), insert, file.subarray(start + length)]);
  });

describe('whatever a rule file holds', () => {
  const folder = useFolder();

  it('the load ends in rules or in errors with their places, and never throws', async () => {
    const outcomes = { good: 0, bad: 0 };
    await fc.assert(
      fc.asyncProperty(mutated, mutated, async (file, listFile) => {
        const lists = { 'lists/partners.txt': listFile.length % 2 === 0 ? list : listFile };
        const { result, lines } = await loadFiles(folder(), { 'a.yaml': file, ...lists });
        outcomes[result.ok ? 'good' : 'bad'] += 1;
        if (result.ok) return;
        expect(result.reason).to.equal('invalid');
        expect(lines.length).to.be.greaterThan(0);
        for (const line of lines) expect(line).to.match(/^[\w./]+:[1-9]\d*:[1-9]\d*: [^\n]+$/);
      }),
      { numRuns: 1_500 },
    );
    expect(outcomes.good, 'loads that succeed').to.be.greaterThan(50);
    expect(outcomes.bad, 'loads that fail').to.be.greaterThan(500);
  });
});
