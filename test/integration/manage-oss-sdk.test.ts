import OSS from 'ali-oss';
import { expect } from 'chai';
import fc from 'fast-check';
import { byNumber } from '../support/bucket-document.js';
import { askOss, type ManagedRefgate, passes, startManaged } from '../support/managed-refgate.js';
import { randomEntry } from '../support/random-bucket.js';
import { RulesDir } from '../support/rules-dir.js';

const SEED = 20_261_122;

const settings = `
requestsPerSecond: 0
accessKeys:
  - { id: ak, secret: sk, buckets: { shop-images: editor, shop-video: viewer, taken: editor, cname-images: editor } }
buckets:
  - { name: shop-images, hosts: [img.shop.example] }
  - { name: shop-video, hosts: [video.shop.example] }
  - { name: taken, hosts: [taken.example] }
  - { name: cname-images, hosts: [localhost] }
  - { name: foreign, hosts: [foreign.example] }
`;

const byHand = 'policies: [{ name: taken, match: { hosts: [taken.example] }, referer: { allow: [a.example] } }]\n';

/** How ali-oss can be told where a bucket is; `secure` and regions of its own aside. */
interface Mode {
  readonly what: string;
  readonly host: string;
  readonly bucket: string;
  /** Whose pictures the bucket's rules are for. */
  readonly pictures: string;
  readonly options: Readonly<Record<string, boolean>>;
}

const usual = { bucket: 'shop-images', pictures: 'img.shop.example' };
const addressing: readonly Mode[] = [
  { ...usual, what: 'sldEnable', host: 'localhost', options: { sldEnable: true } },
  { ...usual, what: 'sldEnable at an address', host: '127.0.0.1', options: { sldEnable: true } },
  // ali-oss then writes the Host itself: shop-images.oss-cn-hangzhou.aliyuncs.com.
  { ...usual, what: 'an address alone', host: '127.0.0.1', options: {} },
  { what: 'cname', host: 'localhost', bucket: 'cname-images', pictures: 'localhost', options: { cname: true } },
];
const modes = addressing.flatMap((mode) => [
  { ...mode, what: `V1, ${mode.what}` },
  { ...mode, what: `V4, ${mode.what}`, options: { ...mode.options, authorizationV4: true } },
]);

function client({ manage }: ManagedRefgate, { host, options }: Pick<Mode, 'host' | 'options'>): OSS {
  const given = {
    accessKeyId: 'ak',
    accessKeySecret: 'sk',
    region: 'oss-cn-hangzhou',
    endpoint: `http://${host}:${manage.split(':').at(-1)}`,
    ...options,
  };
  return new OSS(given);
}

/** What ali-oss throws for a refusal. */
interface Refusal {
  readonly code: string;
  readonly status: number;
  readonly requestId: string;
  readonly name: string;
}

async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  try {
    await call;
  } catch (error) {
    return error as Refusal;
  }
  throw new Error('was not refused');
}

describe('ali-oss', () => {
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

  for (const mode of modes)
    it(`puts, gets and deletes rules, which are in force at once: ${mode.what}`, async () => {
      const store = client(refgate, mode);
      const { bucket, pictures } = mode;
      const own = 'https://www.shop.example/';
      await store.putBucketReferer(bucket, false, [own, 'http://*.partner.example/']);
      expect(await passes(refgate, pictures, `${own}a.html`)).to.equal(true);
      expect(await passes(refgate, pictures, 'http://b.partner.example/')).to.equal(true);
      expect(await passes(refgate, pictures, 'https://leech.example/')).to.equal(false);
      expect(await passes(refgate, pictures)).to.equal(false);
      expect(await store.getBucketReferer(bucket)).to.deep.include({
        allowEmpty: false,
        referers: [own, 'http://*.partner.example/'],
      });

      await store.putBucketReferer(bucket, true, [own]);
      expect(await passes(refgate, pictures)).to.equal(true);
      expect(await passes(refgate, pictures, 'http://b.partner.example/')).to.equal(false);
      expect(await store.getBucketReferer(bucket)).to.deep.include({ allowEmpty: true, referers: [own] });

      await store.deleteBucketReferer(bucket);
      expect(await passes(refgate, pictures, 'https://leech.example/')).to.equal(true);
      expect(await store.getBucketReferer(bucket)).to.deep.include({ allowEmpty: true, referers: null });
    });

  const store = (options: Readonly<Record<string, unknown>> = {}): OSS =>
    client(refgate, { host: 'localhost', options: { sldEnable: true, ...options } as Record<string, boolean> });

  const refusals: readonly (readonly [what: string, call: () => Promise<unknown>, status: number, code: string])[] = [
    [
      'a wrong secret',
      () => store({ accessKeySecret: 'wrong' }).getBucketReferer('shop-images'),
      403,
      'SignatureDoesNotMatch',
    ],
    [
      'a wrong secret in V4',
      () => store({ accessKeySecret: 'wrong', authorizationV4: true }).getBucketReferer('shop-images'),
      403,
      'SignatureDoesNotMatch',
    ],
    [
      'an unknown key',
      () => store({ accessKeyId: 'nobody' }).getBucketReferer('shop-images'),
      403,
      'InvalidAccessKeyId',
    ],
    [
      'a clock that is wrong',
      () => store({ amendTimeSkewed: -86_400_000 }).getBucketReferer('shop-images'),
      403,
      'RequestTimeTooSkewed',
    ],
    ['a bucket that is nobody’s', () => store().getBucketReferer('other'), 404, 'NoSuchBucket'],
    ['a bucket of others', () => store().getBucketReferer('foreign'), 403, 'AccessDenied'],
    ['a viewer that writes', () => store().putBucketReferer('shop-video', true, []), 403, 'AccessDenied'],
    [
      'an entry that is no XML as it stands',
      () => store().putBucketReferer('shop-images', true, ['http://a.example/?b&c']),
      400,
      'MalformedXML',
    ],
    [
      'an entity that was never defined',
      () => store().putBucketReferer('shop-images', true, ['&e;']),
      400,
      'MalformedXML',
    ],
    [
      'lists over 20 KB',
      () =>
        store().putBucketReferer(
          'shop-images',
          true,
          Array.from({ length: 21 }, () => 'a'.repeat(1_000)),
        ),
      400,
      'InlineDataTooLarge',
    ],
    [
      'an entry of 5,000 bytes',
      () => store().putBucketReferer('shop-images', true, ['a'.repeat(5_000)]),
      400,
      'InvalidArgument',
    ],
    ['a policy in another file', () => store().putBucketReferer('taken', true, []), 409, 'PolicyNameConflict'],
    ['another sub-resource', () => store().getBucketCORS('shop-images'), 400, 'OperationNotSupported'],
    [
      'a list of buckets',
      () => client(refgate, { host: '127.0.0.1', options: { sldEnable: true } }).listBuckets({}),
      400,
      'OperationNotSupported',
    ],
    ['a list of objects', () => store({ bucket: 'shop-images' }).listV2({}, {}), 400, 'OperationNotSupported'],
    ['an object', () => store({ bucket: 'shop-images' }).put('a.jpg', Buffer.from('a')), 400, 'OperationNotSupported'],
  ];
  for (const [what, call, status, code] of refusals)
    it(`raises ${code} for ${what}`, async () => {
      const refusal = await refusalOf(call());
      expect(refusal).to.include({ status, code, name: `${code}Error` });
      expect(refusal.requestId).to.match(/^[0-9A-F]{24}$/);
    });

  it('raises ServiceUnavailable while another file is broken', async () => {
    dir.write('broken.yaml', 'policies: [');
    try {
      const refusal = await refusalOf(store().putBucketReferer('shop-images', true, []));
      expect(refusal).to.include({ status: 503, code: 'ServiceUnavailable' });
    } finally {
      dir.write('broken.yaml', 'policies: []');
    }
  });

  it('gets what it put, whatever it is', async () => {
    const oss = store();
    await fc.assert(
      fc.asyncProperty(fc.boolean(), fc.array(randomEntry, { maxLength: 5 }), async (allowEmpty, entries) => {
        // ali-oss writes entries into the document as they are.
        await oss.putBucketReferer('shop-images', allowEmpty, entries.map(byNumber));
        const { referers } = await oss.getBucketReferer('shop-images');
        expect({ allowEmpty, referers: referers ?? [] }).to.deep.equal({ allowEmpty, referers: entries });
      }),
      { seed: SEED, numRuns: 40 },
    );
  });

  it('writes with others at the same time, and nothing is lost', async () => {
    const oss = store();
    const answers = await Promise.all(
      Array.from({ length: 100 }, async (_, at) => {
        const name = at % 2 === 0 ? 'shop-images' : 'cname-images';
        return generationOf(await oss.putBucketReferer(name, true, [`http://writer-${at}.example/`]));
      }),
    );
    expect(Math.min(...answers)).to.be.greaterThan(1);
    for (const name of ['shop-images', 'cname-images']) {
      const { referers } = await oss.getBucketReferer(name);
      expect(referers).to.have.length(1);
      expect(referers[0]).to.match(/^http:\/\/writer-\d+\.example\/$/);
      // What is told is what decides.
      const pictures = name === 'shop-images' ? 'img.shop.example' : 'localhost';
      expect(await passes(refgate, pictures, referers[0])).to.equal(true);
      expect(await passes(refgate, pictures, 'http://leech.example/')).to.equal(false);
    }
  });

  it('leaves a line in the log for each change', async () => {
    const from = refgate.process.lines.length;
    await store().putBucketReferer('shop-images', true, ['http://audited.example/']);
    const line = await refgate.process.waitFor(auditLine, from);
    expect(line).to.include({ actor: 'ak', action: 'PutBucketReferer', policy: 'shop-images' });
    const { headers } = await askOss(refgate, { bucket: 'shop-images' });
    expect(headers['server']).to.equal('AliyunOSS');
    expect(refgate.process.lines.join('\n')).not.to.match(/\bsk\b/);
  });
});

/** Its types say that the answer is the result; it is in `res`. */
function generationOf(result: unknown): number {
  const { res } = result as { res: { headers: Record<string, string> } };
  return Number(res.headers['x-refgate-generation']);
}

function auditLine(line: string): Record<string, unknown> | undefined {
  return line.includes('"event":"audit"') ? (JSON.parse(line) as Record<string, unknown>) : undefined;
}
