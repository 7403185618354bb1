import { expect } from 'chai';
import { useRest } from '../../../support/rest-service.js';

describe('the REST API writes the audit log', () => {
  const rest = useRest();
  const { ask } = rest;

  it('of changes that hold', async () => {
    await ask('PUT', '/v1/policies/new', { body: { referer: {} } });
    await ask('PATCH', '/v1/policies/new', { headers: { 'if-match': '*' }, body: { mode: 'shadow' } });
    await ask('DELETE', '/v1/policies/new', { headers: { 'if-match': '*' } });
    const by = { actor: 'ci', client: '127.0.0.1' };
    const [made, changed] = [
      { name: 'new', referer: {} },
      { name: 'new', referer: {}, mode: 'shadow' },
    ];
    expect(JSON.parse(JSON.stringify(rest.service.audit))).to.deep.equal([
      { ...by, action: 'PutPolicy', generation: 2, changes: [{ policy: 'new', after: made }] },
      { ...by, action: 'PatchPolicy', generation: 3, changes: [{ policy: 'new', before: made, after: changed }] },
      { ...by, action: 'DeletePolicy', generation: 4, changes: [{ policy: 'new', before: changed }] },
    ]);
  });

  it('of changes that are refused, and of nothing else', async () => {
    await ask('PUT', '/v1/policies/shop', { body: { referer: {} } });
    await ask('PUT', '/v1/policies/shop', { body: '{' });
    await ask('DELETE', '/v1/policies/by-hand', { token: 'tk-eye' });
    await ask('PATCH', '/v1/policies/shop', { token: 'guess', body: {} });
    await ask('GET', '/v1/policies/nothing');
    await ask('GET', '/v1/policies/shop', { token: 'guess' });
    await ask('PUT', '/v1/nothing', { body: {} });
    const lines = rest.service.audit.map((line) => [
      line.actor,
      line.action,
      'code' in line && line.policy,
      'code' in line && line.code,
    ]);
    expect(lines).to.deep.equal([
      ['ci', 'PutPolicy', 'shop', 'precondition_required'],
      ['ci', 'PutPolicy', 'shop', 'malformed_json'],
      ['eye', 'DeletePolicy', 'by-hand', 'viewer'],
      [undefined, 'PatchPolicy', 'shop', 'unknown_token'],
    ]);
  });

  it('with what the client was told, and where in the policy', async () => {
    const headers = { 'if-match': '*' };
    await ask('PUT', '/v1/policies/shop', { headers, body: { referer: { allow: ['x.example', 'a b'], empty: 'no' } } });
    await ask('DELETE', '/v1/policies/shop', { token: 'tk-eye' });
    const [invalid, viewer] = rest.service.audit.map((line) => ('detail' in line ? line.detail : ''));
    expect(invalid).to.match(/^the policy has 2 mistakes; nothing was changed: /);
    expect(invalid).to.include('referer.allow[1]: bad pattern "a b"').and.to.include('; referer.empty: ');
    expect(viewer).to.equal('this token reads only; a change takes one of role editor');
  });
});
