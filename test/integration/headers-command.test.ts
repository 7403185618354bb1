import { expect } from 'chai';
import { parseAllDocuments } from 'yaml';
import { RulesDir } from '../support/rules-dir.js';
import { runRefgate } from '../support/run-refgate.js';

const headers = (...args: readonly string[]) => runRefgate(['headers', ...args]);

const rules = `policies:
  - name: a
    match: { hosts: [a.example], headers: { X-Tenant: gold, "n": true }, cookies: { s: true } }
    referer: {}
    exempt: { userAgents: ["*bot*"], authorization: true }
  - name: b
    match: { hosts: [b.example], not: { any: [{ destinations: [image] }, { headers: { "~": true } }] } }
    referer: {}
`;
const read = ['referer', 'user-agent', 'authorization', 'x-tenant', 'n', 'cookie', 'sec-fetch-dest', '~'];

describe('refgate headers', () => {
  let dir: RulesDir;

  beforeEach(() => {
    dir = new RulesDir({ 'rules.yaml': rules });
  });

  afterEach(() => dir.dispose());

  it('prints a list for each proxy as YAML that can be pasted', () => {
    const { status, stdout, stderr } = headers(dir.path);
    expect([status, stderr]).to.deep.equal([0, '']);
    const documents = parseAllDocuments(stdout, { version: '1.1' }).map((document) => document.toJS());
    expect(documents).to.deep.equal([
      { allowed_headers: { patterns: read.map((exact) => ({ exact, ignore_case: true })) } },
      { includeRequestHeadersInCheck: read },
      { headersToExtAuth: read },
    ]);
  });

  it('prints the same as JSON', () => {
    const { status, stdout } = headers(dir.path, '--format', 'json');
    expect(status).to.equal(0);
    expect(JSON.parse(stdout)).to.deep.equal({
      headers: read,
      envoy: { allowed_headers: { patterns: read.map((exact) => ({ exact, ignore_case: true })) } },
      istio: { includeRequestHeadersInCheck: read },
      envoyGateway: { headersToExtAuth: read },
    });
  });

  it('adds the headers that tell the address and the scheme over HTTP, where the rules ask for those', () => {
    dir.write(
      'rules.yaml',
      'policies:\n  - { name: a, match: { all: [{ clientIps: [192.0.2.1] }], not: { schemes: [http] } }, referer: {} }\n',
    );
    const { headers: names, envoy, istio } = JSON.parse(headers(dir.path, '--format', 'json').stdout);
    expect(names).to.deep.equal(['referer']);
    expect(envoy.allowed_headers.patterns.map(({ exact }: { exact: string }) => exact)).to.deep.equal([
      'referer',
      'x-forwarded-for',
    ]);
    expect(istio.includeRequestHeadersInCheck).to.deep.equal(['referer', 'x-forwarded-for', 'x-forwarded-proto']);
  });

  it('names the Referer even where there are no policies', () => {
    dir.write('rules.yaml', 'policies: []\n');
    expect(JSON.parse(headers(dir.path, '--format', 'json').stdout).headers).to.deep.equal(['referer']);
  });

  it('exits with 65 for bad rules, 66 for a folder that is not there, 64 without one', () => {
    dir.write('rules.yaml', 'policies: 3\n');
    const bad = headers(dir.path);
    expect([bad.status, bad.stdout]).to.deep.equal([65, '']);
    expect(bad.stderr).to.contain(`${dir.at('rules.yaml')}:1:11`);
    expect(headers(dir.beside('nowhere')).status).to.equal(66);
    expect(headers().status).to.equal(64);
  });
});
