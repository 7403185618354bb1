import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { CheckRequest } from '#refgate/gen/envoy/service/auth/v3/external_auth.js';
import { checkFrom, makeNames, requestFrom, writeRequests } from '../../../bench/peers/requests.js';
import { recordedCheck } from '../../../support/grpc-recorded-checks.js';

const page = 'https://www.shop.example/page';

describe('requests of the bench of peers', () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'refgate-requests-'));
  });

  after(() => rmSync(folder, { recursive: true }));

  it('sends the recorded Check with another Referer, and nothing else changed', () => {
    const recorded = CheckRequest.decode(recordedCheck('check-1k-allowed'));
    expect(CheckRequest.decode(checkFrom(page).subarray(5))).to.deep.equal(recorded);
    const other = CheckRequest.decode(checkFrom('https://other.example/').subarray(5));
    expect(other.attributes?.request?.http?.headers.get('referer')).to.equal('https://other.example/');
  });

  it('asks a proxy for what the Check is about', () => {
    const lines = requestFrom(page).toString().split('\r\n');
    expect(lines[0]).to.equal('GET /images/a.jpg?x=1 HTTP/1.1');
    expect(lines).to.include.members(['host: cdn.shop.example', `referer: ${page}`]);
    expect(lines.slice(-2)).to.deep.equal(['', '']);
  });

  it('makes the same names again, each another', () => {
    const names = makeNames(1_000);
    expect(new Set(names)).to.have.lengthOf(1_000);
    expect(makeNames(1_000)).to.deep.equal(names);
  });

  it('expects a deny for one request in ten, from pages that no list has', () => {
    const names = makeNames(10);
    const records = readRecords(writeRequests(folder, names).grpc);
    expect(records).to.have.lengthOf(50_000);
    expect(records.filter(({ allowed }) => !allowed)).to.have.lengthOf(5_000);
    for (const { allowed, request } of records.slice(0, 100)) {
      const referer = CheckRequest.decode(request.subarray(5)).attributes?.request?.http?.headers.get('referer') ?? '';
      expect(names.includes(new URL(referer).hostname.slice('www.'.length))).to.equal(allowed);
    }
  });
});

function readRecords(file: string) {
  const content = readFileSync(file);
  const records: { readonly allowed: boolean; readonly request: Buffer }[] = [];
  for (let at = 0; at < content.length; ) {
    const end = at + 5 + content.readUInt32BE(at + 1);
    records.push({ allowed: content[at] === 1, request: content.subarray(at + 5, end) });
    at = end;
  }
  return records;
}
