import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { parse } from 'yaml';
import { openApiDocument } from '#refgate/manage/rest/openapi/document.js';
import { routes } from '#refgate/manage/rest/routes.js';
import { fromRoot } from '../../../../support/paths.js';

const document = openApiDocument() as {
  paths: Record<string, Record<string, unknown>>;
  components: Record<string, Record<string, unknown>>;
};

describe('the OpenAPI document', () => {
  it('is the one that is shipped (npm run generate:schema)', () => {
    const shipped = readFileSync(fromRoot('deploy/openapi.json'), 'utf8');
    expect(shipped).to.equal(`${JSON.stringify(document, undefined, 2)}\n`);
  });

  it('is an OpenAPI 3.1 document', async () => {
    const validator = new Validator();
    const result = await validator.validate(structuredClone(document));
    expect(result.errors ?? []).to.deep.equal([]);
    expect(result.valid).to.equal(true);
    expect(validator.version).to.equal('3.1');
  });

  it('has every route, and no other', () => {
    const described = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations)
        .filter((key) => !['parameters', 'head'].includes(key))
        .map((method) => `${method.toUpperCase()} ${path}`),
    );
    const served = routes.map(({ method, path }) => `${method} ${path.replace(':name', '{name}')}`);
    expect(described).to.have.members(served);
  });

  it('refers to what there is, and has nothing that is not referred to', () => {
    const text = JSON.stringify(document);
    const referred = new Set([...text.matchAll(/"\$ref":"#\/components\/([^"]+)"/g)].map(([, name = '']) => name));
    const there = Object.entries(document.components)
      .filter(([kind]) => kind !== 'securitySchemes')
      .flatMap(([kind, members]) => Object.keys(members).map((name) => `${kind}/${name}`));
    expect([...referred]).to.have.members(there);
  });

  const ajv = new Ajv2020({ strict: false });
  ajv.addSchema({ ...document, $id: 'openapi' });
  const schema = (name: string) => ajv.compile({ $ref: `openapi#/components/schemas/${name}` });

  it('takes the policies that rule files may have', () => {
    const files = ['everything.yaml', 'conditions.yaml', 'dialect-oss.yaml'];
    const valid = schema('Policy');
    for (const file of files) {
      const { policies } = parse(readFileSync(fromRoot(`test/fixtures/rules/valid/${file}`), 'utf8'));
      for (const policy of policies) expect(valid(policy), JSON.stringify(valid.errors)).to.equal(true);
    }
  });

  const patches: [patch: unknown, isGood: boolean][] = [
    [{}, true],
    [{ description: null, referer: { allow: ['a.example'], deny: null } }, true],
    [{ referer: null }, true],
    [{ match: { not: { hosts: null, headers: { 'x-a': null, 'x-b': true } } } }, true],
    [{ unknown: null }, true],
    [{ unknown: 1 }, false],
    [{ referer: { allow: [null] } }, false],
    [{ match: { any: [{ hosts: null }] } }, false],
    [[], false],
  ];
  for (const [patch, isGood] of patches) {
    it(`${isGood ? 'takes' : 'refuses'} the merge patch ${JSON.stringify(patch)}`, () => {
      expect(schema('PolicyPatch')(patch)).to.equal(isGood);
    });
  }
});
