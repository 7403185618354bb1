import { expect } from 'chai';
import { useRest } from '../../../support/rest-service.js';

describe('the REST API lets in', () => {
  const rest = useRest();
  const { ask, restart } = rest;

  const unauthorized: [what: string, headers: Record<string, string>, challenge: string][] = [
    ['nobody without a token', {}, 'Bearer realm="refgate"'],
    ['nobody with an unknown token', { authorization: 'Bearer tk-c' }, 'Bearer realm="refgate", error="invalid_token"'],
    ['nobody with an empty token', { authorization: 'Bearer ' }, 'Bearer realm="refgate"'],
    ['nobody by another scheme', { authorization: 'Basic dGstY2k6' }, 'Bearer realm="refgate"'],
    ['nobody by the token alone', { authorization: 'tk-ci' }, 'Bearer realm="refgate"'],
  ];
  for (const [what, headers, challenge] of unauthorized) {
    it(what, async () => {
      for (const path of ['/v1/policies', '/v1/policies/shop', '/v1/openapi.json', '/nothing', '/%zz']) {
        const answer = await ask('GET', path, { token: null, headers });
        expect([path, answer.status, answer.headers['www-authenticate']]).to.deep.equal([path, 401, challenge]);
      }
      for (const method of ['PUT', 'PATCH', 'DELETE', 'POST']) {
        expect((await ask(method, '/v1/policies/shop', { token: null, headers })).status).to.equal(401);
      }
    });
  }

  it('the scheme in any case', async () => {
    expect(
      (await ask('GET', '/v1/policies', { token: null, headers: { authorization: 'bEARER  tk-ci ' } })).status,
    ).to.equal(200);
  });

  it('a secret that is no ASCII, as UTF-8', async () => {
    await restart({ settings: { tokens: [{ name: 'x', secret: 'schlüssel', role: 'viewer' }] } });
    const authorization = `Bearer ${Buffer.from('schlüssel').toString('latin1')}`;
    expect((await ask('GET', '/v1/policies', { token: null, headers: { authorization } })).status).to.equal(200);
  });

  it('viewers to read and to validate, and not to change', async () => {
    const viewer = { token: 'tk-eye' };
    expect((await ask('POST', '/v1/validate', { ...viewer, body: 'policies: []' })).status).to.equal(200);
    for (const name of ['shop', 'new', 'by-hand', '%00']) {
      for (const method of ['PUT', 'PATCH', 'DELETE']) {
        const { status, json } = await ask(method, `/v1/policies/${name}`, {
          ...viewer,
          headers: { 'if-match': '*' },
          body: { referer: {} },
        });
        expect(status).to.equal(403);
        expect(json).to.include({ code: 'viewer' });
      }
    }
  });

  it('editors to read alone while the settings say readOnly', async () => {
    await restart({ settings: { readOnly: true } });
    expect((await ask('GET', '/v1/policies/shop')).status).to.equal(200);
    expect((await ask('POST', '/v1/validate', { body: 'policies: []' })).status).to.equal(200);
    const { status, json } = await ask('DELETE', '/v1/policies/shop', { headers: { 'if-match': '*' } });
    expect(status).to.equal(403);
    expect(json).to.include({ code: 'read_only' });
  });

  it('so many requests of a token', async () => {
    const seen: string[] = [];
    await restart({ limits: { admit: (kind, name) => seen.push(`${kind} ${name}`) < 2 } });
    expect((await ask('GET', '/v1/policies')).status).to.equal(200);
    const { status, headers, json } = await ask('PUT', '/v1/policies/new', { body: {} });
    expect([status, headers['retry-after']]).to.deep.equal([429, '1']);
    expect(json).to.include({ code: 'too_many_requests' });
    expect(seen).to.deep.equal(['token ci', 'token ci']);
  });

  it('so many guesses of an address, and tells the log of them', async () => {
    let guesses = 0;
    await restart({ limits: { admitFailure: (client) => client === '127.0.0.1' && ++guesses <= 2 } });
    const statuses: number[] = [];
    for (let at = 0; at < 4; at++)
      statuses.push((await ask('PUT', '/v1/policies/new', { token: `guess-${at}`, body: {} })).status);
    expect(statuses).to.deep.equal([401, 401, 429, 429]);
    expect(rest.service.failures.map(({ api, code }) => [api, code])).to.deep.equal([
      ['rest', 'unknown_token'],
      ['rest', 'unknown_token'],
    ]);
    expect(rest.service.audit.length).to.equal(2);
    expect(JSON.stringify([rest.service.failures, rest.service.audit])).not.to.contain('guess');
    expect((await ask('GET', '/v1/policies')).status).to.equal(200);
  });
});
