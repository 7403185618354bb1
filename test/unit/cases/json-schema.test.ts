import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect } from 'chai';
import { parse } from 'yaml';
import { casesFileJsonSchema } from '#refgate/cases/json-schema.js';
import { fromRoot } from '../../support/paths.js';

const committed = readFileSync(fromRoot('deploy/cases.schema.json'), 'utf8');
const validate = new Ajv({ strict: true, allowUnionTypes: true, strictTypes: false }).compile(JSON.parse(committed));

/** Files that only the loader can judge: by their syntax, or by what is in their texts. */
const LOADER_ALONE = /syntax|twice|not-utf-8|two-documents/;

describe('the JSON Schema of cases files', () => {
  it('is the one that was made from the definition (npm run generate:schema)', () => {
    expect(committed).to.equal(casesFileJsonSchema());
  });

  it('accepts the example', () => {
    expect(validate(parse(readFileSync(fromRoot('deploy/cases.yaml'), 'utf8')))).to.equal(true);
  });

  it('sees the mistakes of structure', () => {
    const folder = fromRoot('test/fixtures/cases/invalid');
    const files = readdirSync(folder).filter((name) => !name.endsWith('.txt') && !LOADER_ALONE.test(name));
    expect(files).to.have.length.above(8);
    for (const file of files) expect(validate(parse(readFileSync(join(folder, file), 'utf8'))), file).to.equal(false);
  });
});
