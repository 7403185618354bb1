import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import { type Rest, SHOP, useRest } from '../../../support/rest-service.js';

describe('the REST API refuses', () => {
  const rest = useRest();
  const { ask } = rest;

  const any = { 'if-match': '*' };
  const rows: [
    what: string,
    method: string,
    path: string,
    question: Parameters<Rest['ask']>[2],
    status: number,
    code: string,
  ][] = [
    ['a change without If-Match', 'PUT', 'shop', { body: SHOP }, 428, 'precondition_required'],
    ['a patch without If-Match', 'PATCH', 'shop', { body: {} }, 428, 'precondition_required'],
    ['a removal without If-Match', 'DELETE', 'shop', {}, 428, 'precondition_required'],
    [
      'If-None-Match of another tag in its place',
      'PUT',
      'shop',
      { headers: { 'if-none-match': '"x"' }, body: SHOP },
      428,
      'precondition_required',
    ],
    [
      'a change of what was read before',
      'PUT',
      'shop',
      { headers: { 'if-match': '"old"' }, body: SHOP },
      412,
      'precondition_failed',
    ],
    ['a tag without quotes', 'DELETE', 'shop', { headers: { 'if-match': 'old' } }, 412, 'precondition_failed'],
    ['a patch of nothing', 'PATCH', 'nothing', { headers: any, body: {} }, 404, 'not_found'],
    ['the removal of nothing', 'DELETE', 'nothing', {}, 404, 'not_found'],
    ['a patch of what is no name', 'PATCH', '..%2Fx', { body: {} }, 404, 'not_found'],
    ['the removal of what is no name', 'DELETE', '%00', {}, 404, 'not_found'],
    [
      'a change of a policy written by hand',
      'PUT',
      'by-hand',
      { headers: any, body: { referer: {} } },
      409,
      'not_managed',
    ],
    ['a patch of one', 'PATCH', 'by-hand', { body: {} }, 409, 'not_managed'],
    ['the removal of one', 'DELETE', 'by-hand', {}, 409, 'not_managed'],
    ['no JSON', 'PUT', 'new', { body: '{a: 1}' }, 400, 'malformed_json'],
    ['a key given twice', 'PUT', 'new', { body: '{"referer":{},"referer":{}}' }, 400, 'malformed_json'],
    [
      'no body',
      'PUT',
      'new',
      { headers: { 'content-type': 'application/json', 'content-length': '0' } },
      400,
      'malformed_json',
    ],
    [
      'a body of another type',
      'PUT',
      'new',
      { headers: { 'content-type': 'text/plain' }, body: '{}' },
      415,
      'unsupported_media_type',
    ],
    [
      'a merge patch by PUT',
      'PUT',
      'new',
      { headers: { 'content-type': 'application/merge-patch+json' }, body: '{}' },
      415,
      'unsupported_media_type',
    ],
    [
      'a JSON patch',
      'PATCH',
      'shop',
      { headers: { 'content-type': 'application/json-patch+json' }, body: '[]' },
      415,
      'unsupported_media_type',
    ],
    [
      'a type that is none',
      'PATCH',
      'shop',
      { headers: { 'content-type': 'x' }, body: '[]' },
      415,
      'unsupported_media_type',
    ],
    [
      'a coded body',
      'PUT',
      'new',
      { headers: { 'content-encoding': 'gzip' }, body: '{}' },
      415,
      'unsupported_media_type',
    ],
    ['a body of 1 MiB and a byte', 'PUT', 'new', { body: ' '.repeat(1024 * 1024 + 1) }, 413, 'too_large'],
    ['a path that is not percent-encoded', 'GET', '%zz', {}, 400, 'malformed_request'],
    ['a path that is no UTF-8', 'PUT', '%ff', { body: {} }, 400, 'malformed_request'],
  ];
  for (const [what, method, name, question, status, code] of rows) {
    it(`${what}: ${status} ${code}`, async () => {
      const before = readdirSync(rest.dir.at('managed'));
      const answer = await ask(method, `/v1/policies/${name}`, question);
      expect(answer.headers['content-type']).to.equal('application/problem+json');
      expect(answer.json).to.include({ status, code });
      expect(answer.status).to.equal(status);
      expect(readdirSync(rest.dir.at('managed'))).to.deep.equal(before);
    });
  }

  it('with the types that it takes', async () => {
    const question = { headers: { 'content-type': 'text/plain' }, body: '{}' };
    expect((await ask('PUT', '/v1/policies/new', question)).headers['accept']).to.equal('application/json');
    expect((await ask('PATCH', '/v1/policies/new', question)).headers['accept-patch']).to.equal(
      'application/merge-patch+json, application/json',
    );
  });

  it('a body of exactly 1 MiB not for its size', async () => {
    const body = `{"referer":{}}`.padEnd(1024 * 1024);
    expect((await ask('PUT', '/v1/policies/new', { body })).status).to.equal(201);
  });

  const methods: [method: string, path: string, allow: string][] = [
    ['POST', '/v1/policies', 'GET, HEAD'],
    ['DELETE', '/v1/policies', 'GET, HEAD'],
    ['POST', '/v1/policies/shop', 'GET, HEAD, PUT, PATCH, DELETE'],
    ['OPTIONS', '/v1/policies/shop', 'GET, HEAD, PUT, PATCH, DELETE'],
    ['PROPFIND', '/v1/policies/shop', 'GET, HEAD, PUT, PATCH, DELETE'],
    ['GET', '/v1/validate', 'POST'],
    ['PUT', '/v1/openapi.json', 'GET, HEAD'],
  ];
  for (const [method, path, allow] of methods) {
    it(`${method} ${path}, and says what is served`, async () => {
      const answer = await ask(method, path);
      expect([answer.status, answer.headers['allow']]).to.deep.equal([405, allow]);
      expect(answer.json).to.include({ code: 'method_not_allowed' });
    });
  }

  for (const path of [
    '/',
    '/v1',
    '/v1/policies/',
    '/V1/policies',
    '/v1/policies/a/b',
    '/v1//policies',
    '/v2/policies',
    '/v1/policies/shop/',
  ]) {
    it(`the unknown path ${path}`, async () => {
      const { status, json } = await ask('GET', path);
      expect(status).to.equal(404);
      expect(json).to.include({ code: 'unknown_path' });
    });
  }
});
