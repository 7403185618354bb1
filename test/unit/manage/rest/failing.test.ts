import { renameSync } from 'node:fs';
import { expect } from 'chai';
import { useRest } from '../../../support/rest-service.js';

describe('the REST API', () => {
  const rest = useRest();
  const { ask, etagOf, restart } = rest;

  describe('answers 503', () => {
    it('while the rule files cannot be loaded, and changes nothing', async () => {
      const etag = await etagOf('shop');
      rest.dir.write('rules.yaml', 'policies: [');
      for (const [method, path] of [
        ['GET', '/v1/policies'],
        ['PATCH', '/v1/policies/shop'],
        ['PUT', '/v1/policies/new'],
      ] as const) {
        const question =
          method === 'GET'
            ? {}
            : { headers: { ...(method === 'PATCH' && { 'if-match': etag }) }, body: { referer: { exact: true } } };
        const { status, json, headers } = await ask(method, path, question);
        expect([path, status, headers['retry-after']]).to.deep.equal([path, 503, '5']);
        expect(json).to.include({ code: 'rules_unloadable' });
        const { detail } = json as { detail: string };
        expect(detail.includes('nothing was changed'), detail).to.equal(method !== 'GET');
        expect(detail).to.match(/rules\.yaml:1:\d+: .*[^s]$/);
      }
      expect((await ask('GET', '/v1/policies/shop')).headers['etag']).to.equal(etag);
    });

    it('to every change while the rule folder is away, whatever it expects to find', async () => {
      const etag = await etagOf('shop');
      renameSync(rest.dir.path, `${rest.dir.path}-away`);
      const answers = [
        await ask('PUT', '/v1/policies/shop', { headers: { 'if-match': '*' }, body: { referer: {} } }),
        await ask('PUT', '/v1/policies/shop', { headers: { 'if-match': etag }, body: { referer: {} } }),
        await ask('PATCH', '/v1/policies/shop', { headers: { 'if-match': etag }, body: { referer: {} } }),
        await ask('DELETE', '/v1/policies/shop', { headers: { 'if-match': '*' } }),
      ];
      renameSync(`${rest.dir.path}-away`, rest.dir.path);
      expect(answers.map(({ status }) => status)).to.deep.equal([503, 503, 503, 503]);
      for (const { json } of answers) expect(json).to.include({ code: 'rules_unloadable' });
      expect((await ask('GET', '/v1/policies/shop')).headers['etag']).to.equal(etag);
    });

    it('to who reads a policy whose file is broken, and counts the mistakes', async () => {
      rest.dir.write('managed/shop.yaml', 'policies: [{ name: shop, referer: {}, a: 1, b: 2 }]\n');
      const one = await ask('GET', '/v1/policies/shop');
      expect(one.json).to.include({ status: 503, code: 'rules_unloadable' });
      expect(one.body)
        .to.match(/, and 1 more error"/)
        .and.not.contain('changed');
    });

    it('while the disk is full', async () => {
      await restart({
        policies: { change: async () => ({ kind: 'unwritable', problem: 'no space left on the device' }) },
      });
      const { status, json } = await ask('PUT', '/v1/policies/new', { body: { referer: {} } });
      expect(status).to.equal(503);
      expect(json).to.include({ code: 'not_writable', detail: 'nothing was changed: no space left on the device' });
    });
  });

  it('answers 500 to a fault of its own, and tells who runs it', async () => {
    const fault = new Error('secret details');
    await restart({ policies: { list: () => Promise.reject(fault) } });
    const { status, body, json } = await ask('GET', '/v1/policies');
    expect(status).to.equal(500);
    expect(json).to.include({ code: 'internal_error' });
    expect(body).not.to.contain('secret');
    expect(rest.service.faults).to.deep.equal([fault]);
  });
});
