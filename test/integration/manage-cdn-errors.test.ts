import { rmSync } from 'node:fs';
import { expect } from 'chai';
import { blackList, functionsText, whiteList } from '../support/cdn-functions.js';
import { type ManagedRefgate, sendRaw, startManaged } from '../support/managed-refgate.js';
import { RulesDir } from '../support/rules-dir.js';
import { type AcsCall, signAcs } from '../support/sign-acs.js';
import type { RawRequest } from '../support/sign-oss.js';

const DOMAIN = 'cdn.shop.example';

const settings = `
accessKeys:
  - { id: ak, secret: sk, domains: { "*": editor } }
  - { id: viewer, secret: sk-viewer, domains: { ${DOMAIN}: viewer } }
domains: [${DOMAIN}, black.example, taken.example]
`;

const byHand =
  'policies: [{ name: taken.example, match: { hosts: [taken.example] }, referer: { allow: [a.example] } }]\n';

/** A row of the table of errors: what is asked, and how it is answered. */
type Row = readonly [status: number, code: string, what: string, request: () => RawRequest];

function set(functions: string, { names = DOMAIN, ...more }: Partial<AcsCall> & { names?: string } = {}): RawRequest {
  return signAcs({ action: 'BatchSetCdnDomainConfig', query: { DomainNames: names, Functions: functions }, ...more });
}

function describeDetail(more: Partial<AcsCall> = {}): RawRequest {
  return signAcs({ action: 'DescribeCdnDomainDetail', query: { DomainName: DOMAIN }, ...more });
}

function without(raw: RawRequest, header: string): RawRequest {
  return { ...raw, headers: Object.fromEntries(Object.entries(raw.headers).filter(([name]) => name !== header)) };
}

const many = Array.from({ length: 51 }, (_, index) => `d${index}.example`).join(',');
const both = JSON.stringify([...JSON.parse(whiteList()), ...JSON.parse(blackList())]);
const long = `a.example,${'b'.repeat(61_440)}`;

const rows: readonly Row[] = [
  [400, 'IncompleteSignature', 'no authentication', () => without(describeDetail(), 'authorization')],
  [400, 'IncompleteSignature', 'a date that is not signed', () => without(describeDetail(), 'x-acs-date')],
  [404, 'InvalidAccessKeyId.NotFound', 'an unknown key', () => describeDetail({ accessKeyId: 'other' })],
  [400, 'SignatureDoesNotMatch', 'another secret', () => describeDetail({ secret: 'other' })],
  [400, 'SignatureDoesNotMatch', 'another body', () => ({ ...describeDetail({ form: { a: 'b' } }), body: 'a=c' })],
  [400, 'InvalidTimeStamp.Format', 'an unreadable date', () => describeDetail({ headers: { 'x-acs-date': 'now' } })],
  [400, 'InvalidTimeStamp.Expired', 'an old date', () => describeDetail({ date: new Date(Date.now() - 16 * 60_000) })],
  [404, 'InvalidAction.NotFound', 'an unknown action', () => describeDetail({ action: 'StopCdnDomain' })],
  [400, 'InvalidVersion', 'another version', () => describeDetail({ version: '2014-11-11' })],
  [404, 'InvalidDomain.NotFound', 'an unknown domain', () => set(whiteList(), { names: 'other.example' })],
  [403, 'Forbidden.RAM', 'a viewer who writes', () => set(whiteList(), { accessKeyId: 'viewer', secret: 'sk-viewer' })],
  [400, 'MissingParameter', 'no functions', () => set('')],
  [400, 'MissingParameter', 'no list', () => set(functionsText('referer_white_list_set', { allow_empty: 'on' }))],
  [400, 'InvalidFunctions.Malformed', 'no JSON', () => set('[')],
  [400, 'InvalidFunctionName.ValueNotSupported', 'another function', () => set(functionsText('aliauth', {}))],
  [400, 'InvalidArgName.ValueNotSupported', 'an unknown argument', () => set(whiteList({ x: 'y' }))],
  [400, 'InvalidArgValue.Malformed', 'neither on nor off', () => set(whiteList({ allow_empty: '1' }))],
  [400, 'InvalidArgValue.Malformed', 'no URL', () => set(whiteList({ redirect_url: '/no.png' }))],
  [400, 'InvalidArgValue.Malformed', 'a bad entry', () => set(whiteList({ refer_domain_allow_list: 'a b' }))],
  [400, 'InvalidArgValue.Malformed', 'over 60 KB', () => set(whiteList({ refer_domain_allow_list: long }))],
  [400, 'ConfigurationConflicts', 'both lists at once', () => set(both)],
  [400, 'ConfigurationConflicts', 'the other list', () => set(whiteList(), { names: `${DOMAIN},black.example` })],
  [400, 'InvalidConfigId.NotFound', 'the identifier of another', () => set(whiteList({}, { configId: '1' }))],
  [400, 'Function.InvalidParentId', 'a rule condition', () => set(whiteList({}, { parentId: 12 }))],
  [400, 'TooManyDomains', '51 domains', () => set(whiteList(), { names: many })],
  [409, 'PolicyNameConflict', 'a policy of others', () => set(whiteList(), { names: 'taken.example' })],
];

describe('error answers of the CDN API', () => {
  let dir: RulesDir;
  let refgate: ManagedRefgate;

  before(async () => {
    dir = new RulesDir({ 'hand.yaml': byHand });
    refgate = await startManaged(dir, settings);
    expect((await send(set(blackList(), { names: 'black.example' }))).status).to.equal(200);
  });

  after(async () => {
    await refgate.process.stop();
    expect(dir.list()).to.deep.equal(['hand.yaml', 'managed/black.example.yaml']);
    dir.dispose();
  });

  // Before the others: one line in a while is written of a client's failures with one code.
  it('are told in the log: refused changes, failed signatures with their cause, and no secret', async () => {
    const { lines } = refgate.process;
    const from = lines.length;
    const { body } = await send(set(whiteList(), { names: 'taken.example' }));
    const raw = describeDetail({ headers: { host: 'cdn.aliyuncs.com' } });
    await send({ ...raw, headers: { ...raw.headers, host: '127.0.0.1' } });
    const cause = 'the host was signed as cdn.aliyuncs.com';
    await refgate.process.waitFor((line) => line.includes(cause) || undefined, from);
    const audit = lines.slice(from).find((line) => line.includes('"event":"audit"')) ?? '{}';
    const told = { actor: 'ak', policy: 'taken.example', result: 'refused', code: 'PolicyNameConflict' };
    expect(JSON.parse(audit)).to.deep.include({ ...told, action: 'BatchSetCdnDomainConfig', target: 'taken.example' });
    expect(JSON.parse(audit)).to.include({ requestId: body['RequestId'], detail: body['Message'] });
    expect(lines.join('\n')).to.not.include('sk-viewer');
  });

  for (const [status, code, what, request] of rows) {
    it(`${status} ${code}: ${what}`, async () => {
      const answer = await send(request());
      expect([answer.status, answer.body['Code']]).to.deep.equal([status, code]);
      expect(Object.keys(answer.body)).to.deep.equal(['RequestId', 'HostId', 'Code', 'Message']);
      expect(answer.headers['content-type']).to.equal('application/json;charset=utf-8');
      expect(answer.headers).to.include.keys('date', 'x-acs-request-id');
    });
  }

  for (const scheme of ['acs3', 'rpc'] as const) {
    it(`400 SignatureNonceUsed: of 20 equal calls, one wins (${scheme})`, async () => {
      const raw = describeDetail({ scheme });
      const answers = await Promise.all(Array.from({ length: 20 }, () => send(raw)));
      const codes = answers
        .map(({ body }) => body['Code'])
        .sort((one, other) => String(one).localeCompare(String(other)));
      expect(codes).to.deep.equal([...Array.from({ length: 19 }, () => 'SignatureNonceUsed'), undefined]);
    });
  }

  it('503 ServiceUnavailable: while the rules of others cannot be loaded', async () => {
    dir.write('broken.yaml', '?');
    const { status, body } = await send(set(whiteList()));
    expect([status, body['Code']]).to.deep.equal([503, 'ServiceUnavailable']);
    rmSync(dir.at('broken.yaml'));
  });

  it('are JSON too where the request is too large to be read', async () => {
    const form = { ...describeDetail({ form: {} }), body: `a=${'b'.repeat(1 << 20)}` };
    const target = { ...describeDetail(), target: `/?Action=x&a=${'b'.repeat(300_000)}` };
    for (const [status, request] of [
      [413, form],
      [431, target],
    ] as const) {
      const answer = await send(request);
      expect(answer.status).to.equal(status);
      expect(answer.headers['content-type']).to.equal('application/json;charset=utf-8');
      expect(Object.keys(answer.body)).to.deep.equal(['RequestId', 'HostId', 'Code', 'Message']);
    }
  });

  async function send(
    raw: RawRequest,
  ): Promise<{ status: number; headers: Readonly<Record<string, string>>; body: Record<string, unknown> }> {
    const answer = await sendRaw(refgate.manage, raw);
    return { ...answer, body: JSON.parse(answer.body) };
  }
});
