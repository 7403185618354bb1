import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import { useRest } from '../../../support/rest-service.js';

describe('the REST API tells every mistake of a policy', () => {
  const rest = useRest();
  const { ask } = rest;

  const paths = (json: unknown) => (json as { errors: { path: string }[] }).errors.map(({ path }) => path);
  const rows: [what: string, name: string, body: unknown, paths: string[]][] = [
    [
      'of form and of meaning',
      'new',
      { mode: 'x', referer: { allow: ['a b', 5] }, onDeny: { status: 200 }, match: { hosts: [] } },
      ['mode', 'referer.allow[0]', 'referer.allow[1]', 'onDeny.status', 'match.hosts'],
    ],
    [
      'of meaning alone',
      'new',
      { referer: { allow: ['a.example', 'a b', '~('], dialect: 'host', truncatePath: true } },
      ['referer.allow[1]', 'referer.allow[2]', 'referer.truncatePath'],
    ],
    ['without the one key that is needed', 'new', {}, ['referer']],
    ['that is no mapping', 'new', [], ['']],
    ['that is null', 'new', null, ['']],
    ['of an unknown key', 'new', { referer: {}, polices: 1 }, ['polices']],
    ['of __proto__', 'new', '{"referer":{},"__proto__":{"mode":"shadow"}}', ['__proto__']],
    ['of constructor', 'new', '{"referer":{"constructor":{}}}', ['referer.constructor']],
    [
      'of another name, beside the others',
      'new',
      { name: 'other', referer: { allow: ['a b'] } },
      ['name', 'referer.allow[0]'],
    ],
    ['of a name that is no text', 'new', { name: 5, referer: {} }, ['name']],
    ['of a path that is no name', '..%2Fnew', { referer: { allow: ['a b'] } }, ['name', 'referer.allow[0]']],
    ['of a path that is too long', 'x'.repeat(65), { referer: {} }, ['name']],
    ['of a path with NUL', 'a%00', { referer: {} }, ['name']],
    ['of a path in upper case', 'New', { name: 'new', referer: {} }, ['name']],
    ['that reads a file elsewhere', 'new', { referer: { allow: [{ file: '../../x.txt' }] } }, ['referer.allow[0]']],
    [
      'that reads a file by its whole path',
      'new',
      { referer: { allow: [{ file: '/etc/passwd' }] } },
      ['referer.allow[0]'],
    ],
  ];
  for (const [what, name, body, expected] of rows) {
    it(what, async () => {
      const { status, json } = await ask('PUT', `/v1/policies/${name}`, {
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      expect(status).to.equal(422);
      expect(json).to.include({ code: 'invalid_policy' });
      expect(paths(json)).to.have.members(expected);
      expect(readdirSync(rest.dir.at('managed'))).to.deep.equal(['shop.yaml']);
    });
  }

  it('that a patch would make', async () => {
    const question = {
      headers: { 'if-match': '*' },
      body: { name: 'x', referer: { allow: null, exact: 1 }, match: { hosts: null } },
    };
    const { status, json } = await ask('PATCH', '/v1/policies/shop', question);
    expect(status).to.equal(422);
    expect(paths(json)).to.have.members(['name', 'referer.exact']);
  });

  it('that is in a list file, with its place', async () => {
    rest.dir.write('lists/l.txt', 'a.example\nb c\n');
    const { status, json } = await ask('PUT', '/v1/policies/new', {
      body: { referer: { allow: [{ file: '../lists/l.txt' }] } },
    });
    expect(status).to.equal(422);
    const [error] = (json as { errors: object[] }).errors;
    expect(error).to.include({ path: 'referer.allow[0]', file: 'lists/l.txt', line: 2, column: 1 });
  });
});
