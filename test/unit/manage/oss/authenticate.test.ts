import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { faultOf, outcomeOf } from '../../../support/authenticate-oss.js';
import { authenticationContext, testMoment } from '../../../support/authentication-context.js';
import { manageSettings } from '../../../support/manage-settings.js';
import {
  compactDate,
  type OssCall,
  type RawRequest,
  signOss,
  toManageRequest,
  withHeaders,
} from '../../../support/sign-oss.js';

const call = { bucket: 'shop-images', date: testMoment } as const;
const versions = ['v1', 'v2', 'v4'] as const;

function signed(changes: OssCall = {}): RawRequest {
  return signOss({ ...call, ...changes });
}

describe('authenticate', () => {
  describe('believes', () => {
    for (const version of versions) {
      for (const [title, changes] of [
        ['path style', {}],
        ['referer=', { query: 'referer=' }],
        ['virtual-host style', { path: '/', headers: { host: 'shop-images.oss.example' } }],
        ['CNAME', { path: '/', headers: { host: 'IMG.shop.example:9194' } }],
        ['no slash after the bucket', { path: '/shop-images' }],
        ['a bucket that is not there', { bucket: 'nobody-s', path: '/nobody-s/' }],
        ['PUT with Content-Type and MD5', { method: 'PUT', headers: { 'content-type': 'a/b', 'content-md5': '1B2M' } }],
        ['the whole service', { path: '/', query: '', headers: { host: '[::1]:9194' }, bucket: undefined }],
        ['a security token', { headers: { 'x-oss-security-token': 'token' } }],
        ['the very edge of the time allowed', { date: new Date(testMoment.getTime() - 900_000) }],
        ['both dates', { dateHeader: 'both' }],
        ['a header beyond ASCII', { headers: { 'x-oss-meta-who': 'ünïcödé 阿里' } }],
        ['an empty x-oss- header', { headers: { 'x-oss-empty': '' } }],
      ] as const) {
        it(`${version}: ${title}`, async () => {
          const { bucket, ...rest } = { ...call, ...changes };
          const raw = signOss({ version, ...rest, ...(bucket === undefined ? {} : { bucket }) });
          expect(await outcomeOf(toManageRequest(raw))).to.equal('ak');
        });
      }
    }

    it('V1: a Date header in front of x-oss-date counts for nothing', async () => {
      const raw = withHeaders(signed({ dateHeader: 'x-oss-date' }), { date: 'Thu, 01 Jan 1970 00:00:00 GMT' });
      expect(await outcomeOf(toManageRequest(raw))).to.equal('ak');
    });

    it('V1: ISO 8601 in x-oss-date', async () => {
      const headers = { 'x-oss-date': compactDate(testMoment) };
      expect(await outcomeOf(toManageRequest(signed({ dateHeader: 'x-oss-date', headers })))).to.equal('ak');
    });

    for (const version of versions)
      it(`${version}: a call of the whole service, whatever its Host could name`, async () => {
        const list = { version, path: '/', query: '', date: testMoment, headers: { host: 'localhost:9194' } } as const;
        expect((await faultOf(signOss(list))).code).to.equal('OperationNotSupported');
        expect((await faultOf(signOss({ ...list, secret: 'wrong' }))).code).to.equal('SignatureDoesNotMatch');
        const ofBucket = { ...list, headers: { host: 'shop-images.oss.example' } };
        expect((await faultOf(signOss(ofBucket))).code).to.equal('SignatureDoesNotMatch');
      });

    it('V1: parameters that are no sub-resource', async () => {
      const raw = signed({ query: 'x=1&referer&y', unsignedQuery: ['x', 'y'] });
      expect(await outcomeOf(toManageRequest(raw))).to.equal('ak');
    });

    it('V4: an HTTP date in Date, as Go V1 sends it, and no region', async () => {
      const raw = signed({ version: 'v4', dateHeader: 'date', region: '' });
      expect(await outcomeOf(toManageRequest(raw))).to.equal('ak');
    });

    it('V4: white space and another order in Authorization, as oss2 sends it', async () => {
      const headers = { 'user-agent': 'a', range: 'bytes=0-' };
      const raw = signed({ version: 'v4', headers, additionalHeaders: ['user-agent', 'range'] });
      const [, credential, names, signature] =
        /(Credential=.*),(Additional.*),(Sig.*)/.exec(raw.headers['authorization'] ?? '') ?? [];
      const authorization = `OSS4-HMAC-SHA256 ${credential}, ${signature}, ${names}`;
      expect(await outcomeOf(toManageRequest(withHeaders(raw, { authorization })))).to.equal('ak');
    });

    for (const version of ['v2', 'v4'] as const) {
      it(`${version}: further headers, unsorted, one of them missing`, async () => {
        const headers = { range: 'bytes=0-', 'if-modified-since': 'x', host: 'oss.example' };
        const additionalHeaders = ['range', 'zz', 'host', 'if-modified-since'];
        expect(await outcomeOf(toManageRequest(signed({ version, headers, additionalHeaders })))).to.equal('ak');
      });
    }

    for (const body of ['', '<RefererConfiguration/>']) {
      it(`V4: the digest of ${JSON.stringify(body)}`, async () => {
        const sha256 = createHash('sha256').update(body).digest('hex');
        const raw = signed({ version: 'v4', method: 'PUT', body, headers: { 'x-oss-content-sha256': sha256 } });
        expect(await outcomeOf(toManageRequest(raw))).to.equal('ak');
        expect(await outcomeOf(toManageRequest({ ...raw, body: `${body} ` }))).to.equal('InvalidDigest');
      });
    }

    it('each key by its own secret', async () => {
      const context = authenticationContext(manageSettings({ keys: { one: 's1', two: 's2' } }));
      expect(await outcomeOf(toManageRequest(signed({ accessKeyId: 'one', secret: 's1' })), context)).to.equal('one');
      expect(await outcomeOf(toManageRequest(signed({ accessKeyId: 'two', secret: 's2' })), context)).to.equal('two');
      const crossed = signed({ accessKeyId: 'one', secret: 's2' });
      expect(await outcomeOf(toManageRequest(crossed), context)).to.equal('SignatureDoesNotMatch');
    });

    it('a secret beyond ASCII', async () => {
      const context = authenticationContext(manageSettings({ keys: { ak: 'gehéim' } }));
      for (const version of versions) {
        expect(await outcomeOf(toManageRequest(signed({ version, secret: 'gehéim' })), context)).to.equal('ak');
      }
    });

    it('two different bodies under one signature, as oss2 sends them within a second', async () => {
      const raw = signed({ method: 'PUT', body: 'one' });
      const context = authenticationContext();
      expect(await outcomeOf(toManageRequest(raw), context)).to.equal('ak');
      expect(await outcomeOf(toManageRequest({ ...raw, body: 'two' }), context)).to.equal('ak');
    });
  });

  describe('refuses, in this order', () => {
    const noAuthorization = withHeaders(signed(), { authorization: undefined, date: 'x' });
    for (const [title, raw, code] of [
      ['no Authorization', noAuthorization, 'AccessDenied'],
      ['no Authorization, bad path', { ...noAuthorization, target: '/../?referer' }, 'AccessDenied'],
      [
        'a presigned URL of V1',
        { ...signed(), target: '/shop-images/?referer&OSSAccessKeyId=ak&Expires=1&Signature=x' },
        'AccessDenied',
      ],
      [
        'a presigned URL of V2',
        { ...signed(), target: '/shop-images/?referer&x-oss-signature-version=OSS2' },
        'AccessDenied',
      ],
      [
        'a presigned URL of V4',
        { ...noAuthorization, target: '/shop-images/?referer&x%2Doss-signature=00' },
        'AccessDenied',
      ],
      [
        'an unreadable Authorization before an unknown key',
        withHeaders(signed(), { authorization: 'OSS nobody' }),
        'InvalidArgument',
      ],
      [
        'an unknown key before a missing date',
        withHeaders(signed({ accessKeyId: 'nobody' }), { date: undefined }),
        'InvalidAccessKeyId',
      ],
      ['a key of another case', signed({ accessKeyId: 'AK' }), 'InvalidAccessKeyId'],
      ['a property of objects as key', signed({ accessKeyId: '__proto__' }), 'InvalidAccessKeyId'],
      ['no date', withHeaders(signed(), { date: undefined }), 'AccessDenied'],
      ['an empty date', withHeaders(signed(), { date: '' }), 'AccessDenied'],
      ['an unreadable date', signed({ headers: { date: 'Sun, 31 Nov 2026 00:10:55 GMT' } }), 'AccessDenied'],
      ['seconds since 1970', signed({ headers: { date: '1795306255' } }), 'AccessDenied'],
      [
        'a date too old, before the signature',
        signed({ secret: 'x', date: new Date(testMoment.getTime() - 901_000) }),
        'RequestTimeTooSkewed',
      ],
      ['a date too new', signed({ date: new Date(testMoment.getTime() + 901_000) }), 'RequestTimeTooSkewed'],
      ['a date before the path', { ...signed({ date: new Date(0) }), target: '/../?referer' }, 'RequestTimeTooSkewed'],
      ['a path before the signature', { ...signed(), target: '/shop-images/a.jpg?referer' }, 'OperationNotSupported'],
      ['a wrong secret', signed({ secret: 'SK' }), 'SignatureDoesNotMatch'],
      ['a bucket that was not signed', { ...signed(), target: '/shop-video/?referer' }, 'SignatureDoesNotMatch'],
    ] as const) {
      it(`${title}: ${code}`, async () => {
        expect((await faultOf(raw)).code).to.equal(code);
      });
    }
  });

  it('answers what was signed, and by whom', async () => {
    const headers = { 'content-type': 'application/xml', 'x-oss-meta-who': 'ü' };
    expect(await faultOf(signed({ method: 'PUT', headers, secret: 'x' }))).to.deep.include({
      code: 'SignatureDoesNotMatch',
      details: {
        OSSAccessKeyId: 'ak',
        SignatureProvided: signed({ method: 'PUT', headers, secret: 'x' }).headers['authorization']?.slice(7),
        StringToSign: 'PUT\n\napplication/xml\nSun, 22 Nov 2026 00:10:55 GMT\nx-oss-meta-who:ü\n/shop-images/?referer',
      },
    });
    const { details = {} } = await faultOf(signed({ version: 'v4', secret: 'x' }));
    expect(Object.keys(details)).to.deep.equal([
      'OSSAccessKeyId',
      'SignatureProvided',
      'StringToSign',
      'CanonicalRequest',
    ]);
    expect(details['StringToSign']).to.match(
      /^OSS4-HMAC-SHA256\n20261122T001055Z\n20261122\/cn-hangzhou\/oss\/aliyun_v4_request\n[0-9a-f]{64}$/,
    );
    expect(details['CanonicalRequest']).to.equal(
      'GET\n/shop-images/\nreferer\nx-oss-date:20261122T001055Z\n\n\nUNSIGNED-PAYLOAD',
    );
  });

  it('answers both clocks', async () => {
    const date = new Date('2026-11-21T23:00:00Z');
    expect((await faultOf(signed({ date }))).details).to.deep.equal({
      RequestTime: '2026-11-21T23:00:00.000Z',
      ServerTime: '2026-11-22T00:10:55.000Z',
      MaxAllowedSkewMilliseconds: '900000',
    });
  });

  it('takes the time allowed from the settings', async () => {
    const context = authenticationContext(manageSettings({ maxSkewSeconds: 5 }));
    expect(
      await outcomeOf(toManageRequest(signed({ date: new Date(testMoment.getTime() - 5_000) })), context),
    ).to.equal('ak');
    const late = await faultOf(signed({ date: new Date(testMoment.getTime() - 6_000) }), context);
    expect(late.details).to.include({ MaxAllowedSkewMilliseconds: '5000' });
  });

  it('asks the credential of V4 for the day of the request', async () => {
    const raw = signed({ version: 'v4' });
    const authorization = raw.headers['authorization']?.replace('20261122', '20261121');
    expect((await faultOf(withHeaders(raw, { authorization }))).code).to.equal('InvalidArgument');
    const justBefore = new Date('2026-11-21T23:59:59Z');
    expect(await outcomeOf(toManageRequest(signed({ version: 'v4', date: justBefore })))).to.equal('ak');
  });

  it('refuses what is no digest of a body', async () => {
    const headers = { 'x-oss-content-sha256': 'STREAMING' };
    expect((await faultOf(signed({ version: 'v4', headers }))).code).to.equal('InvalidArgument');
  });

  it('reads no body before the signature holds', async () => {
    const headers = { 'x-oss-content-sha256': 'a'.repeat(64), 'content-md5': 'x' };
    const body = () => Promise.reject(new Error('the body was read'));
    const request = { ...toManageRequest(signed({ version: 'v4', headers, secret: 'x' })), body };
    expect(await outcomeOf(request)).to.equal('SignatureDoesNotMatch');
  });

  it('refuses a body too large for its digest', async () => {
    const headers = { 'x-oss-content-sha256': 'a'.repeat(64) };
    const request = toManageRequest(signed({ version: 'v4', headers }));
    expect(await outcomeOf({ ...request, body: () => Promise.resolve('too-large') })).to.equal('InlineDataTooLarge');
  });
});
