import { expect } from 'chai';
import type { AuthzRequest } from '#refgate/model/authz-request.js';
import type { Snapshot } from '#refgate/model/snapshot.js';
import { snapshotUnder } from '../conformance/snapshot-under.js';
import { contracts } from '../support/http-shim.js';
import { request } from '../support/policy-builder.js';
import { RealTransports } from '../support/real-transports.js';

/** Covers a request only if each of its headers arrives; a request that it covers is denied. */
const match = {
  headers: { 'X-Tenant': 'gold', 'x-note': 'Grüße', 'x-absent': false },
  query: { token: 'a b' },
  cookies: { session: 'abc', tier: true },
  destinations: ['image'],
};

const headers = {
  'x-tenant': 'gold',
  'x-note': 'Grüße',
  'sec-fetch-dest': 'image',
  cookie: 'session=abc; tier=1',
};

const covered = request({ headers, target: '/a.jpg?token=a+b', clientIp: '192.0.2.2' });

function without(header: keyof typeof headers): AuthzRequest {
  return { ...covered, headers: new Map([...covered.headers].filter(([name]) => name !== header)) };
}

function withLines(header: string, lines: readonly string[]): AuthzRequest {
  return { ...covered, headers: new Map([...covered.headers, [header, lines]]) };
}

describe('conditions on headers, through every transport', () => {
  let transports: RealTransports;

  before(async () => {
    const snapshot: Snapshot = await snapshotUnder({ match, referer: { empty: 'deny' } });
    transports = await RealTransports.start(snapshot);
  });

  after(() => transports.close());

  type Ask = (asked: AuthzRequest) => Promise<{ readonly reason: string }>;
  const ways: readonly (readonly [name: string, ask: Ask])[] = [
    ['gRPC, header_map', (asked) => transports.askByGrpc(asked)],
    ['gRPC, headers', (asked) => transports.askByGrpcMap(asked)],
    ...contracts.map((contract) => [contract, (asked: AuthzRequest) => transports.askByHttp(contract, asked)] as const),
  ];

  for (const [name, ask] of ways) {
    it(`${name}: every header that a condition reads is seen`, async () => {
      expect((await ask(covered)).reason).to.equal('empty_denied');
      for (const header of Object.keys(headers) as (keyof typeof headers)[]) {
        expect((await ask(without(header))).reason, `without ${header}`).to.equal('no_policy');
      }
      expect((await ask(withLines('x-absent', ['']))).reason, 'with x-absent').to.equal('no_policy');
    });
  }

  for (const [name, ask] of ways.filter(([way]) => way !== 'gRPC, headers')) {
    it(`${name}: the lines of a repeated header are seen one by one`, async () => {
      expect((await ask(withLines('x-tenant', ['silver', 'gold']))).reason).to.equal('empty_denied');
      expect((await ask(withLines('cookie', ['tier=1', 'session=abc']))).reason).to.equal('empty_denied');
    });
  }

  it('gRPC, headers: lines that Envoy has joined are one value', async () => {
    expect((await transports.askByGrpcMap(withLines('x-tenant', ['silver', 'gold']))).reason).to.equal('no_policy');
  });
});
