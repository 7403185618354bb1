import { expect } from 'chai';
import fc from 'fast-check';
import { decide } from '#refgate/decide/decide.js';
import type { ImportFormatName } from '#refgate/import/formats.js';
import { toAuthzRequest } from '#refgate/transport/request-from-url.js';
import { importText, snapshotOf } from '../support/import-fixtures.js';
import { type CdnList, cdnAllows, cdnFunctions } from '../support/naive-cdn.js';
import { type OssBucket, ossAllows, ossDocument } from '../support/naive-oss.js';

const SEED = 20_261_122;

/** Whether requests with these Referers pass what an import made. */
async function decisions(format: ImportFormatName, text: string, referers: readonly string[]): Promise<boolean[]> {
  const snapshot = await snapshotOf((await importText(format, text)).yaml);
  return referers.map((referer) => {
    const request = toAuthzRequest({
      url: 'https://cdn.other.example/a.jpg',
      method: 'GET',
      referers: [referer],
      headers: [],
      clientIp: undefined,
      policy: undefined,
    });
    if ('problem' in request) throw new Error(request.problem);
    return decide(snapshot, request).action === 'allow';
  });
}

const ossEntry = fc.constantFrom(
  'http://a.example',
  'http://a.example/',
  'HTTPS://a.example',
  '*.a.example',
  '*',
  'http://?.example',
  'http://*.example/x',
  'mibrowser:home',
  '阿里巴巴',
  'https://a.example/?q=*1',
);

const ossBucket: fc.Arbitrary<OssBucket> = fc
  .record({
    allowEmpty: fc.boolean(),
    truncateQuery: fc.boolean(),
    truncatePath: fc.boolean(),
    allow: fc.array(ossEntry, { maxLength: 3 }),
    deny: fc.array(ossEntry, { maxLength: 2 }),
  })
  .map((bucket) => ({ ...bucket, truncatePath: bucket.truncatePath && bucket.truncateQuery }));

const ossReferers = [
  '',
  'http://a.example',
  'http://a.example/',
  'http://a.example.evil/',
  'https://a.example/x?q=11',
  'https://A.example/?Q=1',
  'http://b.example/x/y',
  'http://b.a.example/x?y',
  'http://evil.example/?.a.example',
  'mibrowser:home?x',
  '阿里巴巴',
  'x',
];

const cdnEntry = fc.constantFrom(
  'example.com',
  'www.example.com',
  '*.example.com',
  'a*b.example.com',
  '*.b.example.com',
  '192.0.2.7',
);

const cdnList: fc.Arbitrary<CdnList> = fc.record({
  kind: fc.constantFrom('white', 'black'),
  entries: fc.array(cdnEntry, { minLength: 1, maxLength: 3 }),
  allowEmpty: fc.boolean(),
  exact: fc.boolean(),
  ignoreScheme: fc.boolean(),
});

const cdnReferers = [
  '',
  'http://example.com',
  'https://www.example.com/img.jpg',
  'http://www.example.com:80/img.jpg',
  'http://x.y.example.com/',
  'http://a1b.example.com/',
  'http://c.a1b.example.com/',
  'http://x.b.example.com/',
  'http://www.example.net/',
  'http://badexample.com/',
  'http://192.0.2.7/',
  'www.example.com',
  'ftp://example.com/',
];

describe('import, round trip', () => {
  it('keeps what an OSS bucket says, by a naive reading of its documentation', async () => {
    const seen = { allow: 0, deny: 0 };
    const property = fc.asyncProperty(ossBucket, async (bucket) => {
      const expected = ossReferers.map((referer) => ossAllows(bucket, referer));
      for (const passes of expected) seen[passes ? 'allow' : 'deny'] += 1;
      expect(await decisions('oss', ossDocument(bucket), ossReferers)).to.deep.equal(expected);
    });
    await fc.assert(property, { seed: SEED, numRuns: 200 });
    expect(Math.min(seen.allow, seen.deny)).to.be.greaterThan(200);
  });

  it('keeps what an Alibaba CDN list says, by a naive reading of its documentation', async () => {
    const seen = { allow: 0, deny: 0 };
    const property = fc.asyncProperty(cdnList, async (list) => {
      const expected = cdnReferers.map((referer) => cdnAllows(list, referer));
      for (const passes of expected) seen[passes ? 'allow' : 'deny'] += 1;
      expect(await decisions('cdn', cdnFunctions(list), cdnReferers)).to.deep.equal(expected);
    });
    await fc.assert(property, { seed: SEED, numRuns: 200 });
    expect(Math.min(seen.allow, seen.deny)).to.be.greaterThan(200);
  });
});
