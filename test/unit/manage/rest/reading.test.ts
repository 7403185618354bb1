import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { fromRoot } from '../../../support/paths.js';
import { SHOP, useRest } from '../../../support/rest-service.js';

describe('the REST API reads', () => {
  const { ask } = useRest();

  it('all policies in the order in which they decide, whoever wrote them', async () => {
    const { status, headers, json } = await ask('GET', '/v1/policies');
    expect(status).to.equal(200);
    expect(headers['content-type']).to.equal('application/json');
    expect(json).to.deep.equal({
      generation: 1,
      policies: [SHOP, { name: 'by-hand', referer: { allow: ['hand.example'] } }],
    });
  });

  it('one policy, with a tag', async () => {
    const { status, headers, json } = await ask('GET', '/v1/policies/shop', { token: 'tk-eye' });
    expect(status).to.equal(200);
    expect(json).to.deep.equal(SHOP);
    expect(headers['etag']).to.match(/^"[^"]+"$/);
    expect(headers['x-refgate-generation']).to.equal('1');
    expect((await ask('GET', '/v1/policies/by-hand')).status).to.equal(200);
  });

  for (const path of ['/v1/policies', '/v1/policies/shop', '/v1/openapi.json']) {
    it(`${path} again only if it is another`, async () => {
      const { headers } = await ask('GET', path);
      const known = { headers: { 'if-none-match': `"x", W/${headers['etag']}` } };
      for (const method of ['GET', 'HEAD']) {
        const again = await ask(method, path, known);
        expect([again.status, again.body, again.headers['etag']]).to.deep.equal([304, '', headers['etag']]);
      }
      expect((await ask('GET', path, { headers: { 'if-none-match': '"x"' } })).status).to.equal(200);
      expect((await ask('GET', path, { headers: { 'if-match': '"x"' } })).status).to.equal(412);
    });

    it(`${path} by HEAD as by GET, without the body`, async () => {
      const [get, head] = [await ask('GET', path), await ask('HEAD', path)];
      expect([head.status, head.body]).to.deep.equal([200, '']);
      for (const name of ['etag', 'content-type', 'content-length'])
        expect(head.headers[name]).to.equal(get.headers[name]);
    });
  }

  it('its own description', async () => {
    const { json } = await ask('GET', '/v1/openapi.json');
    expect(json).to.deep.equal(JSON.parse(readFileSync(fromRoot('deploy/openapi.json'), 'utf8')));
  });

  const names = [
    'nothing',
    'SHOP',
    '%2e%2e',
    '..%2Fshop',
    'shop%2F',
    'shop%00',
    '..',
    '%E2%98%83',
    'sh op'.replace(' ', '%20'),
    'shop.yaml',
    'x'.repeat(5000),
  ];
  for (const name of names) {
    it(`no policy ${name.slice(0, 40)}`, async () => {
      const { status, json } = await ask('GET', `/v1/policies/${name}`);
      expect(status).to.equal(404);
      expect(json).to.include({ status: 404, title: 'Not Found', type: 'about:blank', code: 'not_found' });
    });
  }

  it('the policy of a percent-encoded name', async () => {
    expect((await ask('GET', '/v1/policies/%73hop?x=1')).status).to.equal(200);
  });
});
