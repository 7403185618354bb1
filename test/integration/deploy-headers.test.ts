import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse, parseAllDocuments } from 'yaml';
import { fromRoot } from '../support/paths.js';
import { runRefgate } from '../support/run-refgate.js';

/** A header that a proxy does not send is absent to every condition, and nothing tells of it. */
interface SentHeaders {
  readonly file: string;
  /** `exact`, or `prefix*`. */
  readonly patterns: readonly string[];
}

const read = (file: string): string => readFileSync(fromRoot(`deploy/${file}`), 'utf8');

/** What rules can read without naming a header themselves: lists, exemptions, evidence, cookies and destinations. */
const readable = [
  ...['referer', 'origin', 'sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest'],
  ...['user-agent', 'authorization', 'cookie', 'x-forwarded-for'],
];

/** Envoy's HTTP service sends it whatever the list says. */
const alwaysSent: Readonly<Record<string, readonly string[]>> = { 'envoy/http-service.yaml': ['authorization'] };

const lists: readonly SentHeaders[] = [
  ...['envoy/grpc.yaml', 'envoy/http-service.yaml'].map((file) => ({
    file,
    patterns: envoyPatterns(parse(read(file))),
  })),
  {
    file: 'istio/mesh-config.yaml',
    patterns: listAt(parse(read('istio/mesh-config.yaml')), 'includeRequestHeadersInCheck'),
  },
  {
    file: 'envoy-gateway/security-policy.yaml',
    patterns: listAt(parseAllDocuments(read('envoy-gateway/security-policy.yaml'))[0]?.toJS(), 'headersToExtAuth'),
  },
];

describe('the header lists in deploy/', () => {
  for (const { file, patterns } of lists) {
    it(`${file} sends every header that the example rules read`, () => {
      const read = readByRules(fromRoot('deploy/rules'));
      expect(read).to.include('referer');
      expect(notSent(file, patterns, read)).to.deep.equal([]);
    });

    it(`${file} sends every header that rules read without naming it`, () => {
      expect(notSent(file, patterns, readable)).to.deep.equal([]);
      expect(notSent(file, patterns, ['x-tenant'])).to.deep.equal(['x-tenant']);
    });
  }

  it('are in every file that has such a list', () => {
    const files = readdirSync(fromRoot('deploy'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(?:ya?ml|conf)$/.test(name),
    );
    const listed = files.filter((file) =>
      /allowed_headers:|includeRequestHeadersInCheck:|headersToExtAuth:|authRequestHeaders:/.test(read(file)),
    );
    expect(listed).to.have.members(lists.map(({ file }) => file));
  });

  it('are not needed by nginx, which sends all headers unless it is told not to', () => {
    for (const file of ['nginx/refgate.conf', 'nginx/refgate-fail-open.conf']) {
      expect(read(file)).not.to.include('proxy_pass_request_headers');
      for (const name of readable) expect(read(file)).not.to.match(new RegExp(`proxy_set_header ${name}\\b`, 'i'));
    }
  });
});

function notSent(file: string, patterns: readonly string[], names: readonly string[]): string[] {
  const sent = [...patterns, ...(alwaysSent[file] ?? [])];
  return names.filter((name) => !sent.some((pattern) => covers(pattern, name)));
}

function covers(pattern: string, name: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

/** What `refgate headers` prints for a folder. */
function readByRules(folder: string): string[] {
  const { stdout, stderr } = runRefgate(['headers', folder, '--format', 'json']);
  expect(stderr).to.equal('');
  return (JSON.parse(stdout) as { headers: string[] }).headers;
}

function envoyPatterns(configuration: unknown): string[] {
  const [allowed] = valuesOf(configuration, 'allowed_headers') as [{ patterns: { exact?: string; prefix?: string }[] }];
  return allowed.patterns.map(({ exact, prefix }) => exact ?? `${prefix}*`);
}

function listAt(document: unknown, key: string): string[] {
  return valuesOf(document, key)[0] as string[];
}

/** The values of a key, wherever in the document it stands. */
function valuesOf(node: unknown, key: string): unknown[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, value]) => [...(name === key ? [value] : []), ...valuesOf(value, key)]);
}
