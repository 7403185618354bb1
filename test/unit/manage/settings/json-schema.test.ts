import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect } from 'chai';
import { parse } from 'yaml';
import { manageSettingsJsonSchema } from '#refgate/manage/settings/json-schema.js';
import { fromRoot } from '../../../support/paths.js';

const committed = readFileSync(fromRoot('deploy/manage.schema.json'), 'utf8');
const validate = new Ajv({ strict: true, allowUnionTypes: true, strictTypes: false }).compile(JSON.parse(committed));
const accepts = (file: string): boolean => validate(parse(readFileSync(file, 'utf8')));

describe('the JSON Schema of management settings', () => {
  it('is the one that was made from the definition (npm run generate:schema)', () => {
    expect(committed).to.equal(manageSettingsJsonSchema());
  });

  it('accepts the example, and a file that says all there is', () => {
    expect(accepts(fromRoot('deploy/manage.yaml'))).to.equal(true);
    expect(accepts(fromRoot('test/fixtures/manage/valid/everything.yaml'))).to.equal(true);
  });

  it('sees unknown keys and wrong types', () => {
    const folder = fromRoot('test/fixtures/manage/invalid');
    const files = readdirSync(folder).filter((name) => /^(?:unknown-key|rate|max-skew|.*-missing).*\.yaml$/.test(name));
    const loaderAlone = ['secret-missing.yaml', 'token-secret-missing.yaml'];
    expect(files).to.have.length.above(8);
    for (const file of files) expect(accepts(join(folder, file)), file).to.equal(loaderAlone.includes(file));
  });
});
