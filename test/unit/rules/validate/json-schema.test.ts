import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect } from 'chai';
import { parse } from 'yaml';
import { ruleFileJsonSchema } from '#refgate/rules/validate/json-schema.js';
import { fromRoot } from '../../../support/paths.js';

const committed = readFileSync(fromRoot('deploy/rules.schema.json'), 'utf8');
const validate = new Ajv({ strict: true, allowUnionTypes: true, strictTypes: false }).compile(JSON.parse(committed));

function ruleFiles(folder: string): string[] {
  const names = readdirSync(fromRoot(folder)).filter((name) => /\.(ya?ml|json)$/.test(name));
  return names.map((name) => join(fromRoot(folder), name));
}

/** Mistakes that a schema of types, keys and forms can see. */
const STRUCTURAL =
  /unknown key|not supported yet|required key is missing|expected (?:\{|the name of a preset|a bot's name|text|a list|a mapping|true or false|"|a path|a file ext|at most|a request)|an empty list/;

describe('the JSON Schema of rule files', () => {
  it('is the one that was made from the definition (npm run generate:schema)', () => {
    expect(committed).to.equal(ruleFileJsonSchema());
  });

  it('accepts every valid file', () => {
    for (const file of ruleFiles('test/fixtures/rules/valid')) {
      expect(validate(parse(readFileSync(file, 'utf8'))), file).to.equal(true);
    }
  });

  it('sees the mistakes of structure', () => {
    const seen = ruleFiles('test/fixtures/rules/invalid').filter((file) => {
      const errors = readFileSync(file.replace(/\.\w+$/, '.errors.txt'), 'utf8');
      return STRUCTURAL.test(errors) && !SPELT_OTHERWISE.test(file);
    });
    expect(seen.length).to.be.at.least(80);
    for (const file of seen) expect(validate(parse(readFileSync(file, 'utf8'))), file).to.equal(false);
  });

  it('describes every key, for editors', () => {
    const bare = (name: string, node: { description?: string; properties?: object; items?: object }): string[] => [
      ...(node.description ? [] : [name]),
      ...Object.entries(node.properties ?? {}).flatMap(([key, value]) => bare(`${name}.${key}`, value)),
    ];
    const { properties } = JSON.parse(committed);
    expect(bare('policies', properties.policies)).to.deep.equal([]);
    expect(bare('policy', properties.policies.items)).to.deep.equal([]);
  });
});

/** Files that another YAML reader makes something else of, or that the loader alone can judge. */
const SPELT_OTHERWISE =
  /later-regex|number-as-key|null-as-key|mapping-as-key|header-proto|duplicate|alias|deep|utf|nul-byte|yaml-1\.1|unknown-tag|merge-key/;
