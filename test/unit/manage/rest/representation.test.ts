import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { representPolicy } from '#refgate/manage/rest/representation.js';
import type { PolicySource } from '#refgate/rules/validate/schema.js';

describe('the representation of a policy', () => {
  const one: PolicySource = {
    name: 'a',
    match: { headers: { 'x-b': '1', 'x-a': true }, hosts: ['b.example', 'a.example'] },
    referer: { deny: [], allow: [{ file: 'l.txt' }], empty: { blank: 'deny', absent: 'allow' } },
  };
  const other: PolicySource = {
    referer: { allow: [{ file: 'l.txt' }], empty: { absent: 'allow', blank: 'deny' }, deny: [] },
    match: { hosts: ['b.example', 'a.example'], headers: { 'x-a': true, 'x-b': '1' } },
    name: 'a',
  };

  it('does not depend on the order of keys, and keeps that of lists', () => {
    const { body } = representPolicy(one);
    expect(body).to.equal(
      '{"name":"a","match":{"hosts":["b.example","a.example"],"headers":{"x-a":true,"x-b":"1"}},' +
        '"referer":{"allow":[{"file":"l.txt"}],"deny":[],"empty":{"absent":"allow","blank":"deny"}}}',
    );
    expect(representPolicy(other).body).to.equal(body);
  });

  it('has a strong tag of its bytes', () => {
    const { body, etag } = representPolicy(one);
    expect(etag).to.equal(`"${createHash('sha256').update(body).digest('base64url')}"`);
    const moved: PolicySource = { ...one, match: { ...one.match, hosts: ['a.example', 'b.example'] } };
    expect(representPolicy(moved).etag).not.to.equal(etag);
  });

  it('leaves out what is not there', () => {
    expect(representPolicy({ name: 'a', referer: { allow: undefined } } as PolicySource).body).to.equal(
      '{"name":"a","referer":{}}',
    );
  });
});
