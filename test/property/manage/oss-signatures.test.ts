import { expect } from 'chai';
import type { ManageRequest } from '#refgate/manage/manage-request.js';
import { parseSigningDate } from '#refgate/manage/oss/signature/signing-date.js';
import { requestOfAliOss } from '../../support/ali-oss-request.js';
import { outcomeOf } from '../../support/authenticate-oss.js';
import { authenticationContext } from '../../support/authentication-context.js';
import { manageSettings } from '../../support/manage-settings.js';
import { PATIENCE, type Prng, property } from '../../support/prng.js';
import { type OssCall, signOss, toManageRequest } from '../../support/sign-oss.js';
import { tamperings } from '../../support/tamper.js';

const runs = 200;

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';

function text(random: Prng, low: number, high: number, alphabet: string): string {
  return random.list(low, high, () => random.pick([...alphabet])).join('');
}

function bucketName(random: Prng): string {
  return random.pick(['shop-images', `${text(random, 2, 30, letters)}-${text(random, 1, 30, letters)}`]);
}

/** Everything that is white space apart, which ali-oss trims from secrets. */
function randomSecret(random: Prng): string {
  return text(random, 1, 40, `${letters}ABC/+=%&"'\\<é阿`);
}

/** What the API makes of the request, at the time of its date. */
function outcome(request: ManageRequest, secret: string): Promise<string> {
  const [date = ''] = request.headers.get('x-oss-date') ?? request.headers.get('date') ?? [];
  const hosts = { 'shop-images': ['img.shop.example'] };
  const settings = manageSettings({ keys: { ak: secret, other: `${secret}2` }, buckets: hosts });
  const now = parseSigningDate(date) ?? new Date();
  // No failure is admitted, so that no time is spent on the causes of thousands of them.
  return outcomeOf(request, authenticationContext(settings, { now, failuresAdmitted: 0 }));
}

/** A call of ali-oss with options of all kinds. */
function randomAliOss(random: Prng, secret: string): Promise<ManageRequest> {
  const bucket = bucketName(random);
  const style = random.pick(bucket === 'shop-images' ? ['path', 'host', 'cname'] : ['path', 'host']);
  const options = {
    accessKeyId: 'ak',
    accessKeySecret: secret,
    authorizationV4: random.chance(0.5),
    region: random.pick(['oss-cn-hangzhou', 'cn-hangzhou', 'oss-us-west-1', '-']),
    endpoint: style === 'cname' ? 'http://img.shop.example:9194' : 'http://oss.example:9194',
    sldEnable: style === 'path',
    cname: style === 'cname',
    amendTimeSkewed: random.integer(-20, 20) * 365 * 24 * 3_600_000,
  };
  const headers = {
    ...(random.chance(0.5)
      ? { 'Content-Type': random.pick(['text/plain', 'application/xml; charset=utf-8', 'a']) }
      : {}),
    ...(random.chance(0.3) ? { 'x-oss-security-token': text(random, 1, 30, `${letters}+/=`) } : {}),
    ...(random.chance(0.5) ? { 'X-Oss-Meta-Who': text(random, 1, 30, `${letters}: ,;"`) } : {}),
    ...(random.chance(0.5) ? { 'x-a': text(random, 1, 10, letters), 'X-B': 'b' } : {}),
  };
  const additionalHeaders = 'x-a' in headers ? random.pick([[], ['x-a'], ['x-b', 'X-A'], ['content-type', 'x-b']]) : [];
  const entries = random.list(0, 5, () => text(random, 0, 30, `${letters}.*?/:阿里é&<`));
  const more = { headers, additionalHeaders } as object;
  return requestOfAliOss(options, (client) =>
    random.pick([
      () => client.putBucketReferer(bucket, random.chance(0.5), entries, more),
      () => client.getBucketReferer(bucket, more),
      () => client.deleteBucketReferer(bucket, more),
    ])(),
  );
}

/** A call in any version, with parameters and headers that no SDK would send. */
function randomCall(random: Prng, secret: string): OssCall {
  const queryText = () => encodeURIComponent(text(random, 1, 8, `${letters}~!'()* /+%&=|é阿\0\n`));
  const query = random.list(0, 3, () => `x-oss-${queryText()}${random.pick(['', '=', `=${queryText()}`])}`);
  return {
    version: random.pick(['v1', 'v2', 'v4']),
    secret,
    bucket: bucketName(random),
    method: random.pick(['GET', 'PUT', 'POST', 'DELETE', 'HEAD', 'PATCH']),
    query: ['referer', ...new Set(query)].join('&'),
    date: new Date(random.integer(0, 4_000_000) * 1_000_000),
    dateHeader: random.pick(['date', 'x-oss-date', 'both']),
    region: text(random, 0, 12, `${letters}-`),
    additionalHeaders: random.pick([[], ['range'], ['x-z', 'range', 'x-y']]),
    headers: {
      range: 'bytes=0-9',
      'x-z': text(random, 0, 20, `${letters}é阿`),
      ...Object.fromEntries(
        random.list(0, 4, () => [`x-oss-${text(random, 1, 8, `${letters}-`)}`, text(random, 0, 20, `${letters}é阿:=`)]),
      ),
    },
  };
}

async function mustHold(request: ManageRequest, secret: string): Promise<void> {
  expect(await outcome(request, secret), JSON.stringify(describeRequest(request))).to.equal('ak');
}

/** Changes one thing after the other. Returns how many there were. */
async function mustNotSurvive(request: ManageRequest, secret: string, random: Prng): Promise<number> {
  let tried = 0;
  for (const [what, change] of tamperings(random)) {
    const changed = change(request);
    if (changed === undefined) continue;
    tried += 1;
    const result = await outcome(changed, secret);
    expect(result, `${what}: ${JSON.stringify(describeRequest(changed))}`).to.not.be.oneOf(['ak', 'other']);
  }
  return tried;
}

function describeRequest({ headers, ...request }: ManageRequest): object {
  return { ...request, headers: Object.fromEntries(headers) };
}

describe('OSS signatures, property', function suite() {
  this.timeout(PATIENCE);

  it(
    'what ali-oss signs holds, and no changed copy of it',
    property(async (random) => {
      let tried = 0;
      for (let run = 0; run < runs; run += 1) {
        const secret = randomSecret(random);
        const request = await randomAliOss(random, secret);
        await mustHold(request, secret);
        tried += await mustNotSurvive(request, secret, random);
      }
      expect(tried).to.be.greaterThan(runs * 10);
    }),
  );

  it(
    'what is signed by the documents holds, and no changed copy of it',
    property(async (random) => {
      let tried = 0;
      for (let run = 0; run < runs; run += 1) {
        const secret = randomSecret(random);
        const request = toManageRequest(signOss(randomCall(random, secret)));
        await mustHold(request, secret);
        tried += await mustNotSurvive(request, secret, random);
      }
      expect(tried).to.be.greaterThan(runs * 10);
    }),
  );

  it(
    'headers that are not signed may change on their way',
    property(async (random) => {
      for (let run = 0; run < runs; run += 1) {
        const secret = randomSecret(random);
        const request = await randomAliOss(random, secret);
        const headers = new Map([...request.headers, ['user-agent', ['x']], ['via', ['1.1 proxy']]] as const);
        await mustHold({ ...request, headers }, secret);
      }
    }),
  );
});
