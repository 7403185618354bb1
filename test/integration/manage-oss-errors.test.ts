import { expect } from 'chai';
import { bucketDocument } from '../support/bucket-document.js';
import { askOss, type ManagedAnswer, type ManagedRefgate, sendRaw, startManaged } from '../support/managed-refgate.js';
import { RulesDir } from '../support/rules-dir.js';
import { type OssCall, signOss } from '../support/sign-oss.js';
import { xmlElements } from '../support/xml-elements.js';

const settings = `
requestsPerSecond: 0
accessKeys:
  - { id: ak, secret: sk, buckets: { shop-images: editor, shop-video: viewer, taken: editor } }
  - { id: stranger, secret: sk, buckets: { shop-video: editor } }
buckets:
  - { name: shop-images, hosts: [img.shop.example] }
  - { name: shop-video, hosts: [video.shop.example] }
  - { name: taken, hosts: [taken.example] }
`;

const byHand = 'policies: [{ name: taken, match: { hosts: [taken.example] }, referer: { allow: [a.example] } }]\n';
const bucket = 'shop-images';
const put = (more: Partial<OssCall> = {}): OssCall => ({ method: 'PUT', bucket, body: bucketDocument({}), ...more });
const putText = (body: string): OssCall => put({ body });
const root = (...inside: readonly string[]): string =>
  `<RefererConfiguration>${inside.join('')}</RefererConfiguration>`;
const ALLOW_EMPTY = '<AllowEmptyReferer>true</AllowEmptyReferer>';
const ago = (seconds: number): Date => new Date(Date.now() - seconds * 1_000);

/** What is asked, and the status, code and exact cause of the answer. */
const rows: readonly (readonly [what: string, call: OssCall, status: number, code: string, ec?: string])[] = [
  ['a key without right', put({ accessKeyId: 'stranger' }), 403, 'AccessDenied', '0003-00000001'],
  ['another read by a key without right', { bucket, accessKeyId: 'stranger' }, 403, 'AccessDenied', '0003-00000001'],
  ['a viewer that writes', put({ bucket: 'shop-video' }), 403, 'AccessDenied', '0003-00000001'],
  ['a viewer that deletes', { method: 'DELETE', bucket: 'shop-video' }, 403, 'AccessDenied', '0003-00000001'],
  ['an unknown access key', put({ accessKeyId: 'nobody' }), 403, 'InvalidAccessKeyId', '0002-00000902'],
  ['a wrong secret', put({ secret: 'wrong' }), 403, 'SignatureDoesNotMatch', '0002-00000040'],
  ['a date of yesterday', put({ date: ago(86_400) }), 403, 'RequestTimeTooSkewed', '0002-00000504'],
  ['a date of the future', put({ date: ago(-1_000) }), 403, 'RequestTimeTooSkewed', '0002-00000504'],
  ['a bucket that is nobody’s', put({ bucket: 'other' }), 404, 'NoSuchBucket', '0015-00000101'],
  [
    'the MD5 of another body',
    put({ headers: { 'content-md5': '1B2M2Y8AsgTpgAmY7PhCfg==' } }),
    400,
    'InvalidDigest',
    '0017-00000503',
  ],
  ['what is no MD5', put({ headers: { 'content-md5': 'abc' } }), 400, 'InvalidDigest', '0017-00000502'],
  ['no body', putText(''), 400, 'MalformedXML', '0033-00000001'],
  ['XML that does not end', putText('<RefererConfiguration>'), 400, 'MalformedXML', '0033-00000001'],
  ['another root', putText('<a/>'), 400, 'MalformedXML', '0033-00000001'],
  ['a document type', putText(`<!DOCTYPE a>${root(ALLOW_EMPTY)}`), 400, 'MalformedXML', '0033-00000001'],
  ['an unknown element', putText(root(ALLOW_EMPTY, '<a/>')), 400, 'MalformedXML', '0033-00000001'],
  ['a repeated element', putText(root(ALLOW_EMPTY, ALLOW_EMPTY)), 400, 'MalformedXML', '0033-00000001'],
  ['no AllowEmptyReferer', putText(root('<RefererList/>')), 400, 'MalformedXML', '0033-00000002'],
  ['no boolean', putText(root('<AllowEmptyReferer>1</AllowEmptyReferer>')), 400, 'MalformedXML', '0033-00000003'],
  ['lists over 20 KB', putText(bucketDocument({ refererList: oversized() })), 400, 'InlineDataTooLarge'],
  ['a body over 1 MiB', putText(`${' '.repeat(1024 * 1024)}${bucketDocument({})}`), 400, 'InlineDataTooLarge'],
  [
    'a path without its query',
    putText(bucketDocument({ truncatePath: true, allowTruncateQueryString: false })),
    400,
    'InvalidArgument',
  ],
  ['an entry of 5,000 bytes', putText(bucketDocument({ refererList: ['a'.repeat(5_000)] })), 400, 'InvalidArgument'],
  ['an entry of two lines', putText(bucketDocument({ refererList: ['a\nb'] })), 400, 'InvalidArgument'],
  ['a policy in another file', put({ bucket: 'taken' }), 409, 'PolicyNameConflict'],
  ['another sub-resource', { bucket, query: 'acl' }, 400, 'OperationNotSupported'],
  ['a write of another sub-resource', put({ query: 'cors' }), 400, 'OperationNotSupported'],
  ['two sub-resources', { bucket, query: 'acl&referer' }, 400, 'OperationNotSupported'],
  ['no sub-resource', put({ query: '' }), 400, 'OperationNotSupported'],
  ['a deletion', { method: 'DELETE', bucket }, 405, 'MethodNotAllowed'],
  ['a POST', { method: 'POST', bucket }, 405, 'MethodNotAllowed'],
];

function oversized(): string[] {
  return Array.from({ length: 20 }, (_, at) => `${at % 10}`.repeat(1_025));
}

function expectFault(answer: ManagedAnswer, status: number, code: string, ec?: string): Record<string, string> {
  expect(answer.status, answer.body).to.equal(status);
  const told = xmlElements(answer.body);
  expect(told).to.include({ 'Error/Code': code, 'Error/RequestId': answer.headers['x-oss-request-id'] });
  expect(told['Error/Message']).to.match(/\S/);
  expect(told['Error/HostId']).to.match(/\S/);
  expect(told['Error/EC']).to.equal(ec);
  expect(answer.headers['x-oss-ec']).to.equal(ec);
  expect(answer.headers['x-oss-request-id']).to.match(/^[0-9A-F]{24}$/);
  expect(answer.headers['content-type']).to.equal('application/xml');
  expect(answer.headers['date']).to.match(/ GMT$/);
  return told;
}

describe('refusals of the OSS API', () => {
  let dir: RulesDir;
  let refgate: ManagedRefgate;
  before(async () => {
    dir = new RulesDir({ 'hand.yaml': byHand });
    refgate = await startManaged(dir, settings);
  });
  after(async () => {
    await refgate.process.stop();
    dir.dispose();
  });

  for (const [what, call, status, code, ec] of rows)
    it(`tells ${what} ${status} ${code}${ec === undefined ? '' : ` ${ec}`}`, async () => {
      expectFault(await askOss(refgate, call), status, code, ec);
    });

  it('tells who does not sign', async () => {
    const raw = { method: 'PUT', target: `/${bucket}/?referer`, headers: {}, body: bucketDocument({}) };
    expectFault(await sendRaw(refgate.manage, raw), 403, 'AccessDenied', '0003-00000001');
  });

  it('tells an Authorization that cannot be read', async () => {
    const raw = signOss(put());
    for (const authorization of ['OSS nonsense', 'OSS4-HMAC-SHA256 Credential=ak', 'OSS3 a:b']) {
      const headers = { ...raw.headers, authorization };
      expectFault(await sendRaw(refgate.manage, { ...raw, headers }), 400, 'InvalidArgument');
    }
  });

  for (const query of [
    `OSSAccessKeyId=ak&Expires=1795306855&Signature=a`,
    `x-oss-signature-version=OSS4-HMAC-SHA256&x-oss-signature=a`,
  ])
    it(`takes no presigned URL: ${query.split('=')[0]}`, async () => {
      const raw = { method: 'GET', target: `/${bucket}/?referer&${query}`, headers: {}, body: '' };
      expectFault(await sendRaw(refgate.manage, raw), 403, 'AccessDenied', '0003-00000001');
    });

  it('asks for a date', async () => {
    const { date: _date, ...headers } = signOss(put()).headers;
    expectFault(await sendRaw(refgate.manage, { ...signOss(put()), headers }), 403, 'AccessDenied');
    const unreadable = { ...headers, date: 'yesterday' };
    expectFault(await sendRaw(refgate.manage, { ...signOss(put()), headers: unreadable }), 403, 'AccessDenied');
  });

  it('shows what was signed where the signature is wrong', async () => {
    const told = expectFault(
      await askOss(refgate, put({ secret: 'wrong' })),
      403,
      'SignatureDoesNotMatch',
      '0002-00000040',
    );
    expect(told['Error/OSSAccessKeyId']).to.equal('ak');
    expect(told['Error/SignatureProvided']).to.match(/\S/);
    expect(told['Error/StringToSign'])
      .to.match(/^PUT\n/)
      .and.contain('/shop-images/?referer');
  });

  it('tells both clocks where they differ', async () => {
    const told = expectFault(
      await askOss(refgate, put({ date: ago(86_400) })),
      403,
      'RequestTimeTooSkewed',
      '0002-00000504',
    );
    expect(told['Error/MaxAllowedSkewMilliseconds']).to.equal('900000');
    for (const name of ['RequestTime', 'ServerTime'])
      expect(Date.parse(told[`Error/${name}`] ?? ''), name).to.be.greaterThan(0);
  });

  it('names the bucket', async () => {
    const told = xmlElements((await askOss(refgate, put({ bucket: 'other' }))).body);
    expect(told['Error/BucketName']).to.equal('other');
  });

  it('says of a method that is not allowed which are', async () => {
    expect((await askOss(refgate, { method: 'DELETE', bucket })).headers['allow']).to.equal('GET, PUT');
  });

  it('tells a HEAD in a header', async () => {
    const answer = await askOss(refgate, { method: 'HEAD', bucket });
    expect(answer).to.include({ status: 405, body: '' });
    const document = Buffer.from(answer.headers['x-oss-err'] ?? '', 'base64').toString();
    expect(xmlElements(document)['Error/Code']).to.equal('MethodNotAllowed');
  });

  it('writes nothing while another file is broken', async () => {
    dir.write('broken.yaml', 'policies: [');
    try {
      expectFault(await askOss(refgate, put()), 503, 'ServiceUnavailable');
    } finally {
      dir.write('broken.yaml', 'policies: []');
    }
    expect((await askOss(refgate, put())).status).to.equal(200);
  });

  for (const path of [
    '/shop-images/a.jpg',
    '/shop-images//',
    '/Shop-Images/',
    '/shop%2Fimages/',
    '/../',
    '/a%00b/',
    '//',
  ])
    it(`takes no path ${path}`, async () => {
      const { status, body } = await askOss(refgate, put({ path }));
      expect(status, body).to.be.within(400, 499);
    });

  it('has done nothing of all that', async () => {
    const { body } = await askOss(refgate, { bucket: 'shop-video' });
    expect(body).to.contain('<RefererList/>');
  });
});

describe('refusals of the OSS API by its settings', () => {
  const buckets = 'buckets: [{ name: shop-images, hosts: [img.shop.example] }]';
  const keys = 'accessKeys: [{ id: ak, secret: sk, buckets: { "*": editor } }]';
  let dir: RulesDir;
  let refgate: ManagedRefgate | undefined;
  beforeEach(() => {
    dir = new RulesDir();
  });
  afterEach(async () => {
    await refgate?.process.stop();
    dir.dispose();
  });

  it('takes no change where they say readOnly', async () => {
    refgate = await startManaged(dir, `readOnly: true\n${keys}\n${buckets}\n`);
    expectFault(await askOss(refgate, put()), 403, 'AccessDenied', '0003-00000001');
    expect((await askOss(refgate, { bucket })).status).to.equal(200);
  });

  it('takes so many calls of a key in a second, and no more', async () => {
    refgate = await startManaged(dir, `requestsPerSecond: 1\n${keys}\n${buckets}\n`);
    const running = refgate;
    const answers = await Promise.all(Array.from({ length: 20 }, () => askOss(running, { bucket })));
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused).not.to.have.length(0);
    for (const answer of refused) expectFault(answer, 503, 'QpsLimitExceeded');
  });
});
