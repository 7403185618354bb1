import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Policy } from '#refgate/model/policy.js';
import type { CompiledRules } from '#refgate/model/snapshot.js';
import { loadRules } from '#refgate/rules/load.js';
import { linesOf } from '../../support/loaded-folder.js';
import { fromRoot } from '../../support/paths.js';

const folder = fromRoot('test/fixtures/rules/valid');
const golden = fromRoot('test/fixtures/rules/valid.compiled.json');

async function loadValid(): Promise<CompiledRules> {
  const result = await loadRules(folder);
  expect(linesOf(result, folder)).to.deep.equal([]);
  if (!result.ok) throw new Error('the valid files must load');
  return result.rules;
}

/** A compiled policy with its sets as lists, and its matchers as what tells them apart from outside. */
function shapeOf(policy: Policy): unknown {
  return JSON.parse(
    JSON.stringify(policy, (_key, value: unknown) => {
      if (value instanceof Set) return [...value];
      if (typeof value !== 'object' || value === null) return value;
      if ('find' in value && 'size' in value) return `entries: ${value.size}`;
      return 'matches' in value || 'has' in value || 'covers' in value ? 'matcher' : value;
    }),
  );
}

function policyOf(rules: CompiledRules, name: string): Policy {
  const policy = rules.byName.get(name);
  if (!policy) throw new Error(`no policy ${name}`);
  return policy;
}

describe('valid rule files', () => {
  it('compile into these policies, in byte order of the paths', async () => {
    const { policies } = await loadValid();
    const shapes = `${JSON.stringify(policies.map(shapeOf), undefined, 2)}\n`;
    if (process.env['UPDATE_GOLDEN'] || !existsSync(golden)) writeFileSync(golden, shapes);
    expect(shapes).to.equal(readFileSync(golden, 'utf8'));
  });

  it('give each policy its position, a name to be found by, and an index by host', async () => {
    const rules = await loadValid();
    expect(rules.policies.map((policy) => policy.position)).to.deep.equal(rules.policies.map((_, index) => index));
    expect([...rules.byName.keys()]).to.deep.equal(rules.policies.map((policy) => policy.name));
    const candidates = Array.from(rules.hosts.candidates('cdn.shop.example'), (at) => rules.policies[at]?.name);
    expect(candidates).to.deep.equal(['everything', 'least']);
  });

  it('are found by the hosts of conditions inside conditions', async () => {
    const { hosts, policies } = await loadValid();
    const found = (host: string): string[] => Array.from(hosts.candidates(host), (at) => policies[at]?.name ?? '');
    expect(found('one.example')).to.include('hosts-inside');
    expect(found('a.two.example')).to.include('hosts-inside');
    expect(found('two.example')).not.to.include('hosts-inside');
    expect(found('three.example')).not.to.include('hosts-inside');
  });

  it('count entries of all lists, and name every request header that is read', async () => {
    const rules = await loadValid();
    expect(rules.entries).to.equal(10);
    const evidence = ['origin', 'sec-fetch-site', 'sec-fetch-dest', 'sec-fetch-mode'];
    const ofConditions = ['x-tenant', 'x-preview', 'x-old', 'cookie'];
    const ofExemptions = ['user-agent', 'authorization'];
    expect([...rules.headersRead]).to.have.members(['referer', ...evidence, ...ofExemptions, ...ofConditions]);
  });

  it('match what they say', async () => {
    const { match, exempt, referer } = policyOf(await loadValid(), 'everything');
    if (referer.dialect !== 'host') throw new Error('the host dialect is the default');
    expect(match.paths?.matches('/images/a.jpg')).to.equal(true);
    expect(match.paths?.matches('/video/a/b.mp4')).to.equal(false);
    expect(match.clientIps?.has('203.0.113.9')).to.equal(true);
    expect(exempt.clientIps?.has('198.51.100.8')).to.equal(false);
    expect(exempt.userAgents?.matches('mozilla/5.0 (compatible; googlebot/2.1)')).to.equal(true);
    const of = (host: string, path = '/') => ({ scheme: 'https', host, port: 443, path, sent: host + path });
    expect(referer.allow?.find(of('partner.example'))).to.equal('partner.example');
    expect(referer.allow?.find(of('www.partner.example'))).to.equal('*.partner.example');
    expect(referer.allow?.find(of('other.example', '/shop/1'))).to.equal('https://other.example/shop/');
    expect(referer.allow?.find(of('a.shop.example'))).to.equal(undefined);
  });
});
