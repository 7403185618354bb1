import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import { useRest } from '../../../support/rest-service.js';

describe('the REST API validates', () => {
  const rest = useRest();
  const { ask } = rest;

  type Report = { ok: boolean; errors: object[]; warnings: object[] };
  const report = async (body: string | Buffer, headers = {}) => {
    const { status, json } = await ask('POST', '/v1/validate', { body, headers });
    expect(status).to.equal(200);
    return json as Report;
  };

  it('a good file, YAML or JSON, of any content type', async () => {
    const good = { ok: true, errors: [], warnings: [] };
    expect(await report('policies: []')).to.deep.equal(good);
    expect(await report('{"policies": []}', { 'content-type': 'application/yaml' })).to.deep.equal(good);
    expect(await report('policies: []', { 'content-type': 'application/x-www-form-urlencoded' })).to.deep.equal(good);
    expect(await report('\ufeffpolicies: []', { 'content-type': 'text/plain; charset=utf-8' })).to.deep.equal(good);
  });

  it('and tells all errors with their places', async () => {
    const { ok, errors } = await report('policies:\n  - name: A\n    referer:\n      allow: [a b]\n    mdoe: x\n');
    expect(ok).to.equal(false);
    expect(errors.map((error) => ({ ...error, message: '' }))).to.deep.equal([
      { line: 2, column: 11, path: 'policies[0].name', message: '' },
      { line: 4, column: 15, path: 'policies[0].referer.allow[0]', message: '' },
      { line: 5, column: 5, path: 'policies[0].mdoe', message: '' },
    ]);
  });

  it('and tells warnings with their codes', async () => {
    const { ok, warnings } = await report('policies:\n  - name: a\n    referer: { allow: [] }\n');
    expect(ok).to.equal(true);
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.include({
      line: 3,
      column: 23,
      path: 'policies[0].referer.allow',
      code: 'allow-list-empty',
    });
  });

  it('what is no text, empty, or twice there', async () => {
    expect((await report('')).errors[0]).to.include({ line: 1, column: 1, path: '' });
    expect((await report(Buffer.from([0x61, 0xff]))).errors[0]).to.include({ line: 1, column: 2 });
    expect((await report('{"policies":[],"policies":[]}')).ok).to.equal(false);
  });

  it('with list files of the rule directory, and none outside', async () => {
    rest.dir.write('lists/l.txt', 'b c\n');
    const file = (path: string) => `policies: [{ name: a, referer: { allow: [{ file: ${path} }] } }]`;
    expect((await report(file('lists/l.txt'))).errors[0]).to.include({ file: 'lists/l.txt', line: 1 });
    expect((await report(file('../outside.txt'))).ok).to.equal(false);
  });

  it('and writes nothing', async () => {
    await report('policies: [{ name: new, referer: {} }]');
    expect(readdirSync(rest.dir.path).sort()).to.deep.equal(['managed', 'rules.yaml']);
    expect(rest.service.audit).to.deep.equal([]);
  });

  it('nothing over 1 MiB', async () => {
    expect((await ask('POST', '/v1/validate', { body: '#'.repeat(1024 * 1024 + 1) })).status).to.equal(413);
  });
});
