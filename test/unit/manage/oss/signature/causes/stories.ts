import { createHash, createHmac } from 'node:crypto';
import type { ManageRequest } from '#refgate/manage/manage-request.js';
import { testMoment } from '../../../../../support/authentication-context.js';
import { compactDate, type OssCall } from '../../../../../support/sign-oss.js';

/** With characters that mean something elsewhere. */
export const secret = 'sk+shop/&="x';
export const body = '<RefererConfiguration/>';
const md5 = createHash('md5').update(body).digest('base64');

/** What is signed, and what becomes of it on its way. */
export interface Story {
  readonly signed: OssCall;
  readonly sent?: (request: ManageRequest) => ManageRequest;
}

function withHeaders(changes: Record<string, string | undefined>): NonNullable<Story['sent']> {
  return (request) => {
    const headers = Object.entries({ ...Object.fromEntries(request.headers), ...changes });
    const kept = headers.filter(([, value]) => value !== undefined);
    return { ...request, headers: new Map(kept.map(([name, value]) => [name, [value].flat() as string[]])) };
  };
}

/** The signature itself is written otherwise. */
function withSignature(change: (signature: string, request: ManageRequest) => string): NonNullable<Story['sent']> {
  return (request) => {
    const [text = ''] = request.headers.get('authorization') ?? [];
    const at = Math.max(text.lastIndexOf(':'), text.lastIndexOf('=', text.length - 5)) + 1;
    return withHeaders({ authorization: text.slice(0, at) + change(text.slice(at), request) })(request);
  };
}

const inPath =
  (path: string, host = 'oss.example') =>
  (request: ManageRequest) =>
    withHeaders({ host })({ ...request, rawPath: path });

/** Mistakes that any version can tell. */
export const stories: readonly [title: string, story: Story, cause: string][] = [
  [
    'another bucket in the path',
    { signed: {}, sent: inPath('/shop-video/') },
    'fits the bucket "shop-images", but the call is for "shop-video", the first segment of its path',
  ],
  [
    'CNAME unknown to the settings',
    { signed: {}, sent: inPath('/', 'static.shop.example') },
    'fits the bucket "shop-images", but the call is for "static", the first label of its Host',
  ],
  [
    'CNAME to an address',
    { signed: {}, sent: inPath('/', '127.0.0.1:9194') },
    'fits the bucket "shop-images", but the call is for "127"',
  ],
  [
    'CNAME to an address of six',
    { signed: {}, sent: inPath('/', '[::1]:9194') },
    'fits the bucket "shop-images", but the call names none',
  ],
  [
    'the host of another bucket',
    { signed: {}, sent: inPath('/', 'video.shop.example') },
    'fits the bucket "shop-images", but the call is for "shop-video", which the settings give its Host to',
  ],
  [
    'a bucket that only the Host names',
    { signed: { bucket: 'elsewhere' }, sent: inPath('/shop-images/', 'elsewhere.oss.example') },
    'fits the bucket "elsewhere"',
  ],
  [
    'the Host as bucket',
    { signed: { bucket: 'img.shop.example' }, sent: inPath('/', 'img.shop.example:80') },
    'fits the bucket "img.shop.example"',
  ],
  [
    'upper case in the Host',
    { signed: { bucket: 'Shop-Images' }, sent: inPath('/', 'Shop-Images.oss.example') },
    'fits the bucket "Shop-Images"',
  ],
  [
    'no bucket',
    { signed: { path: '/' }, sent: inPath('/', 'shop-video.oss.example') },
    'fits the bucket "shop-images"',
  ],
  ['a line break after the secret', { signed: { secret: `${secret}\n` } }, 'white space or a line break around it'],
  [
    'a line break of Windows after the secret',
    { signed: { secret: `${secret}\r\n` } },
    'white space or a line break around it',
  ],
  ['a blank before the secret', { signed: { secret: ` ${secret}` } }, 'white space or a line break around it'],
  ['quotes around the secret', { signed: { secret: `"${secret}"` } }, "client's secret is in quotes"],
  ['base64 of the secret', { signed: { secret: Buffer.from(secret).toString('base64') } }, "client's secret is base64"],
  [
    'base64 of the secret and a line break',
    { signed: { secret: Buffer.from(`${secret}\n`).toString('base64') } },
    "client's secret is base64",
  ],
  ['escapes in the secret', { signed: { secret: encodeURIComponent(secret) } }, "client's secret is percent-encoded"],
  ['the id as secret', { signed: { secret: 'ak' } }, 'signs with the id of its access key'],
  ['the secret of CDN clients', { signed: { secret: `${secret}&` } }, 'with "&" after the secret'],
  ['the secret of another key', { signed: { secret: 'sk-other' } }, 'the secret of another access key, "other"'],
  ['another secret', { signed: { secret: 'quite another' } }, 'the secret is probably another one'],
  [
    'a Content-Type put in',
    { signed: {}, sent: withHeaders({ 'content-type': 'application/x-www-form-urlencoded' }) },
    'signs Content-Type none, not "application/x-www-form-urlencoded"',
  ],
  [
    'a Content-Type taken away',
    { signed: { headers: { 'content-type': 'application/xml' } }, sent: withHeaders({ 'content-type': undefined }) },
    'signs Content-Type "application/xml", not none',
  ],
  [
    'a Content-MD5 put in',
    { signed: {}, sent: withHeaders({ 'content-md5': md5 }) },
    `signs Content-MD5 none, not "${md5}"`,
  ],
  [
    'a Content-MD5 taken away',
    { signed: { headers: { 'content-md5': md5 } }, sent: withHeaders({ 'content-md5': undefined }) },
    `signs Content-MD5 "${md5}", not none`,
  ],
  [
    'both taken away',
    {
      signed: { headers: { 'content-md5': md5, 'content-type': 'text/plain' } },
      sent: withHeaders({ 'content-md5': undefined, 'content-type': undefined }),
    },
    `signs Content-Type "text/plain", not none and Content-MD5 "${md5}", not none`,
  ],
  ['a header put in', { signed: {}, sent: withHeaders({ 'x-oss-trace': '1' }) }, 'does not sign "x-oss-trace"'],
  ['POST for PUT', { signed: {}, sent: (request) => ({ ...request, method: 'POST' }) }, 'signs PUT, and POST came'],
  [
    'the query is not signed',
    { signed: { query: '' }, sent: (request) => ({ ...request, rawQuery: 'referer' }) },
    'does not sign the query',
  ],
  [
    'a time zone',
    {
      signed: { date: new Date(testMoment.getTime() + 8 * 3_600_000) },
      sent: (request) => redated(request, 0),
    },
    'signs a date that is 8 h from the one it sends',
  ],
  ['a Date of the proxy', { signed: {}, sent: (request) => redated(request, 2) }, 'a proxy writes a Date of its own'],
  ['the secret as signature', { signed: {}, sent: withSignature(() => 'sk+shop/&="x') }, 'sends the secret itself'],
];

/** The date is another than the signed one, in whichever header it is. */
function redated(request: ManageRequest, seconds: number): ManageRequest {
  const date = new Date(testMoment.getTime() + seconds * 1000);
  const name = request.headers.has('x-oss-date') ? 'x-oss-date' : 'date';
  const isCompact = request.headers.get(name)?.[0]?.endsWith('Z') === true;
  return withHeaders({ [name]: isCompact ? compactDate(date) : date.toUTCString() })(request);
}

/** The digest of the right text by another algorithm. */
function digestedOtherwise(algorithm: string, encoding: 'hex' | 'base64'): NonNullable<Story['sent']> {
  const text = `PUT\n\n\n${testMoment.toUTCString()}\n/shop-images/?referer`;
  return withSignature(() => createHmac(algorithm, secret).update(text).digest(encoding));
}

const v4WithHost: OssCall = { version: 'v4', headers: { host: 'img.shop.example' }, additionalHeaders: ['host'] };
const v2WithHost: OssCall = { ...v4WithHost, version: 'v2' };
const bothDates: OssCall = { dateHeader: 'both' };

/** Mistakes that the SDKs of one version, or those who write their own signer, make. */
export const ofOneVersion: readonly [title: string, story: Story, cause: string][] = [
  [
    'V1: no slash at the end',
    { signed: { bucket: 'shop-images', query: '' }, sent: signedText('/shop-images?referer') },
    'without the slash at its end',
  ],
  ['V1: = after referer', { signed: {}, sent: signedText('/shop-images/?referer=') }, 'signs its query as it is sent'],
  ['V1: every parameter', { signed: { query: 'a=1&referer' } }, 'signs its query as it is sent'],
  [
    'V1: bucket in Host and path',
    { signed: {}, sent: signedText('/shop-images/shop-images/?referer') },
    'as an object of another one',
  ],
  [
    'V1: Date though x-oss-date came',
    { signed: bothDates, sent: withHeaders({ 'x-oss-date': compactDate(testMoment) }) },
    'signs its date in another form',
  ],
  [
    'V1: x-oss-date put in',
    { signed: { dateHeader: 'date' }, sent: withHeaders({ 'x-oss-date': testMoment.toUTCString() }) },
    'x-oss-date was added after signing',
  ],
  [
    'V1: no date',
    { signed: { headers: { date: '' } }, sent: withHeaders({ date: testMoment.toUTCString() }) },
    'signs another of Date and x-oss-date',
  ],
  ['V1: hexadecimal', { signed: {}, sent: digestedOtherwise('sha1', 'hex') }, 'written in another way'],
  [
    'V1: SHA-256',
    { signed: {}, sent: digestedOtherwise('sha256', 'base64') },
    'the text is right but signed otherwise',
  ],
  ['V1: percent-encoded', { signed: {}, sent: withSignature(encodeURIComponent) }, 'written in another way'],
  [
    'V4: upper case',
    { signed: { version: 'v4' }, sent: withSignature((text) => text.toUpperCase()) },
    'written in another way',
  ],
  [
    'V4: base64',
    { signed: { version: 'v4' }, sent: withSignature((text) => Buffer.from(text, 'hex').toString('base64')) },
    'written in another way',
  ],
  [
    'V4: region with oss-',
    { signed: { version: 'v4', region: 'oss-cn-hangzhou' }, sent: withCredential('/oss-cn-', '/cn-') },
    'signs with the region "oss-cn-hangzhou"',
  ],
  [
    'V4: Host rewritten',
    {
      signed: v4WithHost,
      sent: withHeaders({ host: 'refgate.internal:9194', 'x-forwarded-host': 'img.shop.example' }),
    },
    'signs the Host "img.shop.example", and "refgate.internal:9194" came',
  ],
  [
    'V4: Host of the settings',
    { signed: v4WithHost, sent: withHeaders({ host: 'refgate.internal' }) },
    'signs the Host "img.shop.example"',
  ],
  [
    'V4: Host without port',
    { signed: v4WithHost, sent: withHeaders({ host: 'img.shop.example:9194' }) },
    'a proxy rewrites it',
  ],
  [
    'V2: Host rewritten',
    { signed: v2WithHost, sent: withHeaders({ host: 'img.shop.example:443' }) },
    'a proxy rewrites it',
  ],
];

/** What the client takes for the resource in a text of V1. */
function signedText(resource: string): NonNullable<Story['sent']> {
  const text = `PUT\n\n\n${testMoment.toUTCString()}\n${resource}`;
  const signature = () => createHmac('sha1', secret).update(text).digest('base64');
  return (request) => withSignature(signature)({ ...request, rawQuery: 'referer' });
}

function withCredential(from: string, to: string): NonNullable<Story['sent']> {
  return (request) => {
    const [text = ''] = request.headers.get('authorization') ?? [];
    return withHeaders({ authorization: text.replace(from, to) })(request);
  };
}
