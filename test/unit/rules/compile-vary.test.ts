import { expect } from 'chai';
import type { CompiledRules } from '#refgate/model/snapshot.js';
import { loadFiles, useFolder } from '../../support/loaded-folder.js';

describe('the headers that answers vary by', () => {
  const folder = useFolder();

  async function load(yaml: string): Promise<CompiledRules> {
    const { result, lines } = await loadFiles(folder(), { 'a.yaml': `policies:\n${yaml}` });
    if (!result.ok) throw new Error(lines.join('\n'));
    return result.rules;
  }

  /** Of policies `a`, `b`, … with these matches, and nothing else. */
  async function varyOf(...matches: readonly string[]): Promise<string[]> {
    const names = 'abcdefgh';
    const rules = await load(
      matches.map((match, at) => `  - { name: ${names[at]}, match: ${match}, referer: {} }\n`).join(''),
    );
    return rules.policies.map(({ headersRead }) => headersRead.join());
  }

  it('are the Referer and what the policy reads itself, in a fixed order and none twice', async () => {
    const { policies } = await load(
      '  - name: a\n' +
        '    match: { cookies: { s: true }, destinations: [image], headers: { X-B: "1", x-a: false, user-agent: "*" } }\n' +
        '    referer: {}\n' +
        '    exempt: { authorization: true, userAgents: ["*bot*"] }\n',
    );
    const expected = ['referer', 'user-agent', 'authorization', 'x-b', 'x-a', 'cookie', 'sec-fetch-dest'];
    expect(policies[0]?.headersRead).to.deep.equal(expected);
    expect(new Map(policies[0]?.onDeny.headers).get('vary')).to.equal(expected.join(', '));
  });

  it('are those of conditions inside conditions, too', async () => {
    const match =
      '{ any: [{ headers: { x-a: "1" } }, { not: { all: [{ cookies: { s: true } }] } }], not: { destinations: [image] } }';
    expect(await varyOf(match)).to.deep.equal(['referer,x-a,cookie,sec-fetch-dest']);
  });

  it('are no other parts of the request', async () => {
    const match = '{ methods: [GET], paths: ["/x"], query: { a: "1" }, clientIps: [192.0.2.1], schemes: [https] }';
    expect(await varyOf(match)).to.deep.equal(['referer']);
  });

  it('are those by which every policy of the host is chosen or passed over', async () => {
    const first = '{ hosts: [cdn.example], headers: { x-a: "1" } }';
    const second = '{ hosts: [cdn.example] }';
    const elsewhere = '{ hosts: [www.example], cookies: { s: true } }';
    expect(await varyOf(first, second, elsewhere)).to.deep.equal(['referer,x-a', 'referer,x-a', 'referer,cookie']);
  });

  it("are not those of another policy's exemptions", async () => {
    const rules = await load(
      '  - { name: a, match: { paths: ["/x"] }, referer: {}, exempt: { authorization: true } }\n' +
        '  - { name: b, referer: {} }\n',
    );
    expect(rules.policies.map(({ headersRead }) => headersRead.join())).to.deep.equal([
      'referer,authorization',
      'referer',
    ]);
  });

  const sharing: [hosts: string, others: string, shares: boolean][] = [
    ['hosts: ["*.example"]', 'hosts: [a.example]', true],
    ['hosts: ["*.example"]', 'hosts: [example]', false],
    ['hosts: [.example]', 'hosts: [example]', true],
    ['hosts: ["*.example"]', 'hosts: ["*.a.example"]', true],
    ['hosts: ["*.a.example"]', 'hosts: ["*.b.example"]', false],
    ['hosts: ["*.a.example"]', 'hosts: ["*.ba.example"]', false],
    ['hosts: ["*.a.example", b.example]', 'hosts: ["*.b.example", b.example]', true],
    ['hosts: ["a*.cdn.example"]', 'hosts: [a1.cdn.example]', true],
    ['hosts: ["a*.cdn.example"]', 'hosts: ["*.cdn.example"]', true],
    ['hosts: ["a*.cdn.example"]', 'hosts: ["*.www.example"]', false],
    ['hosts: ["a*.cdn.example"]', 'hosts: [b1.www.example]', false],
    ['hosts: ["www.*"]', 'hosts: [www.example]', true],
    ['hosts: ["**"]', 'hosts: [a.example]', true],
    ['paths: ["/x"]', 'hosts: [a.example]', true],
    ['hosts: [192.0.2.1]', 'hosts: [192.0.2.1]', true],
    ['hosts: ["2001:db8::1"]', 'hosts: ["[2001:db8:0::1]"]', true],
    ['hosts: [192.0.2.1]', 'hosts: [192.0.2.2]', false],
    ['hosts: [192.0.2.1]', 'hosts: ["**"]', true],
    ['all: [{ hosts: [a.example] }]', 'hosts: [b.example]', false],
    ['any: [{ hosts: [a.example] }, { hosts: [b.example] }]', 'hosts: [b.example]', true],
    ['any: [{ hosts: [a.example] }, { methods: [GET] }]', 'hosts: [b.example]', true],
  ];
  for (const [hosts, others, shares] of sharing) {
    it(`are ${shares ? 'shared' : 'kept apart'} between ${hosts} and ${others}`, async () => {
      const expected = shares ? 'referer,x-a' : 'referer';
      const asking = (match: string): string => `{ ${match}, headers: { x-a: "1" } }`;
      expect((await varyOf(asking(hosts), `{ ${others} }`))[1], 'first way').to.equal(expected);
      expect((await varyOf(`{ ${hosts} }`, asking(others)))[0], 'other way').to.equal(expected);
    });
  }

  it('leave a vary of the policy alone', async () => {
    const { policies } = await load(
      '  - { name: a, match: { cookies: { s: true } }, referer: {}, onDeny: { headers: { Vary: "*" } } }\n',
    );
    expect(new Map(policies[0]?.onDeny.headers).get('vary')).to.equal('*');
    expect(policies[0]?.headersRead).to.deep.equal(['referer', 'cookie']);
  });

  it('are handed over by proxies adapters for every policy, chosen or named', async () => {
    const rules = await load(
      '  - { name: a, referer: {} }\n  - { name: b, match: { hosts: [b.example], headers: { x-a: true } }, referer: {}, silence: [unreachable-policy] }\n',
    );
    expect([...rules.headersRead]).to.deep.equal(['referer', 'x-a']);
  });

  it('are at most 256 names in the conditions of all policies', async () => {
    const policies = (count: number): string =>
      Array.from(
        { length: count },
        (_, at) => `  - { name: p${at}, match: { headers: { X-${at}: "1" } }, referer: {} }\n`,
      ).join('');
    expect((await load(policies(256))).headersRead.size).to.equal(257);
    const { lines } = await loadFiles(folder(), { 'a.yaml': `policies:\n${policies(258)}` });
    expect(lines).to.have.length(1);
    expect(lines[0]).to.match(
      /^a\.yaml:258:\d+: policies\[256\]\.match\.headers\.X-256: more than 256 different headers/,
    );
  });
});
