import { createHash, createHmac } from 'node:crypto';
import type { ManageRequest } from '#refgate/manage/manage-request.js';

/** A call of the OSS API, to be signed. What is left out is what most tests mean. */
export interface OssCall {
  /** Default: `v1`. */
  readonly version?: 'v1' | 'v2' | 'v4';
  /** Default: `ak`. */
  readonly accessKeyId?: string;
  /** Default: `sk`. */
  readonly secret?: string;
  /** Default: `GET`. */
  readonly method?: string;
  /** The bucket of the signed resource; none: the resource is `/`. */
  readonly bucket?: string;
  /** Raw path that is sent; never signed as such. Default: `/<bucket>/`. */
  readonly path?: string;
  /** Raw query, each part percent-encoded or plain. Default: `referer`. */
  readonly query?: string;
  /** Query parameters that V1 does not sign. Default: none. */
  readonly unsignedQuery?: readonly string[];
  /** Sent, and signed as the version says. Names in lower case; `host` is among them where it matters. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Default: now. */
  readonly date?: Date;
  /** Where the date goes. Default: `x-oss-date` in V4, `date` in the others; both: in both of them. */
  readonly dateHeader?: 'date' | 'x-oss-date' | 'both';
  /** Of V4. Default: `cn-hangzhou`. */
  readonly region?: string;
  /** Of V2 and V4; in the order in which they are to be sent. */
  readonly additionalHeaders?: readonly string[];
}

/** What goes over the wire. */
export interface RawRequest {
  readonly method: string;
  /** Raw path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Signs a call as the SDKs do, by the vendor's documents and without a line of the product's code. */
export function signOss(call: OssCall): RawRequest {
  const headers: Record<string, string> = { ...dateHeaders(call), ...call.headers };
  headers['authorization'] = authorization(call, headers);
  const query = call.query ?? 'referer';
  const path = call.path ?? resourcePath(call);
  const target = query === '' ? path : `${path}?${query}`;
  return { method: call.method ?? 'GET', target, headers, body: call.body ?? '' };
}

/** The request with headers that are changed, or taken away, after signing. */
export function withHeaders(raw: RawRequest, headers: Readonly<Record<string, string | undefined>>): RawRequest {
  const entries = Object.entries({ ...raw.headers, ...headers });
  const kept = entries.filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...raw, headers: Object.fromEntries(kept) };
}

/** The request as the listener hands it on: Node reads headers as Latin-1. */
export function toManageRequest(raw: RawRequest, client = '127.0.0.1'): ManageRequest {
  const [rawPath = '', ...query] = raw.target.split('?');
  return {
    method: raw.method,
    rawPath,
    rawQuery: query.join('?'),
    headers: new Map(Object.entries(raw.headers).map(([name, value]) => [name.toLowerCase(), [latin1(value)]])),
    client,
    body: () => Promise.resolve(Buffer.from(raw.body)),
  };
}

function latin1(value: string): string {
  return Buffer.from(value).toString('latin1');
}

/** `20261122T001055Z`. */
export function compactDate(date: Date): string {
  return `${date.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

function dateHeaders({ version = 'v1', date = new Date(), dateHeader }: OssCall): Record<string, string> {
  const ossDate = { 'x-oss-date': version === 'v4' ? compactDate(date) : date.toUTCString() };
  const plainDate = { date: date.toUTCString() };
  const slot = dateHeader ?? (version === 'v4' ? 'x-oss-date' : 'date');
  if (slot === 'both') return { ...ossDate, ...plainDate };
  return slot === 'date' ? plainDate : ossDate;
}

type Headers = Readonly<Record<string, string>>;

function authorization(call: OssCall, headers: Headers): string {
  const { version = 'v1', accessKeyId = 'ak', secret = 'sk', additionalHeaders = [] } = call;
  if (version === 'v1') return `OSS ${accessKeyId}:${hmac('sha1', secret, stringToSignV1(call, headers), 'base64')}`;
  const names = additionalHeaders.join(';');
  if (version === 'v2') {
    const signature = hmac('sha256', secret, stringToSignV2(call, headers), 'base64');
    return `OSS2 AccessKeyId:${accessKeyId},${names && `AdditionalHeaders:${names},`}Signature:${signature}`;
  }
  const signature = hmac('sha256', signingKey(call), stringToSignV4(call, headers), 'hex');
  const credential = `${accessKeyId}/${scope(call)}`;
  return `OSS4-HMAC-SHA256 Credential=${credential},${names && `AdditionalHeaders=${names},`}Signature=${signature}`;
}

function resourcePath({ bucket }: OssCall): string {
  return bucket === undefined ? '/' : `/${bucket}/`;
}

/** Alibaba OSS: "Include signatures in the Authorization header (V1)". */
function stringToSignV1(call: OssCall, headers: Headers): string {
  const signed = parameters(call).filter(([name]) => !call.unsignedQuery?.includes(name));
  const query = joined(signed);
  const resource = resourcePath(call) + (query && `?${query}`);
  const slot = headers['x-oss-date'] ?? headers['date'] ?? '';
  return `${firstLines(call, headers, slot)}${headerLines(headers, [])}${resource}`;
}

/** Alibaba OSS: "Signature V2", which signs every parameter and an encoded resource. */
function stringToSignV2(call: OssCall, headers: Headers): string {
  const query = joined(encoded(call));
  const resource = encode(resourcePath(call)) + (query && `?${query}`);
  const names = call.additionalHeaders ?? [];
  const lines = headerLines(headers, names);
  return `${firstLines(call, headers, headers['date'] ?? headers['x-oss-date'] ?? '')}${lines}${sorted(names).join(';')}\n${resource}`;
}

/** Alibaba OSS: "Include a V4 signature". */
function stringToSignV4(call: OssCall, headers: Headers): string {
  const names = call.additionalHeaders ?? [];
  const canonicalRequest = [
    call.method ?? 'GET',
    resourcePath(call),
    joined(encoded(call)),
    headerLines(headers, ['content-type', 'content-md5', ...names]),
    sorted(names).join(';'),
    headers['x-oss-content-sha256'] ?? 'UNSIGNED-PAYLOAD',
  ].join('\n');
  const date = headers['x-oss-date'] ?? headers['date'] ?? '';
  const digest = createHash('sha256').update(canonicalRequest).digest('hex');
  return ['OSS4-HMAC-SHA256', date, scope(call), digest].join('\n');
}

function sorted(names: readonly string[]): string[] {
  return [...names].sort((one, other) => (one < other ? -1 : 1));
}

function firstLines({ method = 'GET' }: OssCall, headers: Headers, date: string): string {
  return `${method}\n${headers['content-md5'] ?? ''}\n${headers['content-type'] ?? ''}\n${date}\n`;
}

function headerLines(headers: Headers, others: readonly string[]): string {
  const signed = Object.entries(headers).filter(([name]) => name.startsWith('x-oss-') || others.includes(name));
  const lines = signed.sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, value]) => `${name}:${value}\n`);
  return lines.join('');
}

function parameters({ query = 'referer' }: OssCall): [string, string][] {
  const parts = query.split('&').filter((part) => part !== '');
  return parts.map((part) => {
    const [name = '', ...value] = part.split('=');
    return [decodeURIComponent(name), decodeURIComponent(value.join('='))];
  });
}

function encoded(call: OssCall): [string, string][] {
  return parameters(call).map(([name, value]) => [encode(name), encode(value)]);
}

function joined(pairs: [string, string][]): string {
  const sorted = pairs.sort(([one], [other]) => (one < other ? -1 : 1));
  return sorted.map(([name, value]) => (value === '' ? name : `${name}=${value}`)).join('&');
}

function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function scope(call: OssCall): string {
  return `${compactDate(call.date ?? new Date()).slice(0, 8)}/${call.region ?? 'cn-hangzhou'}/oss/aliyun_v4_request`;
}

function signingKey(call: OssCall): Buffer {
  const steps = scope(call).split('/');
  return steps.reduce<Buffer>(
    (key, step) => createHmac('sha256', key).update(step).digest(),
    Buffer.from(`aliyun_v4${call.secret ?? 'sk'}`),
  );
}

function hmac(algorithm: string, key: string | Buffer, text: string, encoding: 'hex' | 'base64'): string {
  return createHmac(algorithm, key).update(text).digest(encoding);
}
