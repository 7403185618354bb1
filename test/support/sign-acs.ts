import { createHash, createHmac, randomUUID } from 'node:crypto';
import type { RawRequest } from './sign-oss.js';

/** A call of the CDN API, to be signed. What is left out is what most tests mean. */
export interface AcsCall {
  readonly action: string;
  /** Default: `acs3`. */
  readonly scheme?: 'acs3' | 'rpc';
  /** Default: `2018-05-10`. */
  readonly version?: string;
  /** Default: `ak`. */
  readonly accessKeyId?: string;
  /** Default: `sk`. */
  readonly secret?: string;
  /** Default: `POST`. */
  readonly method?: string;
  /** Default: `/`. */
  readonly path?: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as a form body. */
  readonly form?: Readonly<Record<string, string>>;
  /** Further headers; those of ACS3 are signed. Names in lower case. Default host: `127.0.0.1`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Default: now. */
  readonly date?: Date;
  /** Default: a new one. */
  readonly nonce?: string;
  /** What is done wrong. */
  readonly mistake?: { readonly signedQuery?: string; readonly keyEnd?: string; readonly leaveOut?: string };
}

/** Signs a call by the vendor's documents, without a line of the product's code. */
export function signAcs(call: AcsCall): RawRequest {
  return call.scheme === 'rpc' ? signRpc(call) : signAcs3(call);
}

/** Alibaba Cloud: "V3 request structure and signature". */
function signAcs3(call: AcsCall): RawRequest {
  const { method = 'POST', path = '/', query = {}, form } = call;
  const body = form === undefined ? '' : formText(form);
  const hash = sha256(body);
  const headers: Record<string, string> = {
    host: '127.0.0.1',
    ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    'x-acs-action': call.action,
    'x-acs-version': call.version ?? '2018-05-10',
    'x-acs-date': timestamp(call),
    'x-acs-signature-nonce': call.nonce ?? randomUUID(),
    'x-acs-content-sha256': hash,
    ...call.headers,
  };
  const names = sortedKeys(headers);
  const lines = names.map((name) => `${name}:${headers[name]}\n`).join('');
  const signedQuery = call.mistake?.signedQuery ?? formText(query);
  const canonical = [method, path, signedQuery, lines, names.join(';'), hash].join('\n');
  const signature = createHmac('sha256', call.secret ?? 'sk').update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`);
  headers['authorization'] =
    `ACS3-HMAC-SHA256 Credential=${call.accessKeyId ?? 'ak'},SignedHeaders=${names.join(';')},Signature=${signature.digest('hex')}`;
  return { method, target: targetOf(path, formText(query)), headers, body };
}

/** Alibaba Cloud: "Request syntax and signature method V2 for RPC APIs", whose signature version is 1.0. */
function signRpc(call: AcsCall): RawRequest {
  const { method = 'POST', path = '/', form } = call;
  const query: Record<string, string> = {
    ...call.query,
    Action: call.action,
    Version: call.version ?? '2018-05-10',
    Format: 'JSON',
    AccessKeyId: call.accessKeyId ?? 'ak',
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    SignatureType: '',
    SignatureNonce: call.nonce ?? randomUUID(),
    Timestamp: timestamp(call),
  };
  if (call.mistake?.leaveOut !== undefined) delete query[call.mistake.leaveOut];
  const stringToSign = `${method}&%2F&${encode(formText({ ...query, ...form }))}`;
  query['Signature'] = createHmac('sha1', `${call.secret ?? 'sk'}${call.mistake?.keyEnd ?? '&'}`)
    .update(stringToSign)
    .digest('base64');
  const contentType = form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
  const headers = { host: '127.0.0.1', ...contentType, ...call.headers };
  return { method, target: targetOf(path, formText(query)), headers, body: form === undefined ? '' : formText(form) };
}

/** Parameters in their canonical form, which may also be sent. */
function formText(parameters: Readonly<Record<string, string>>): string {
  const names = sortedKeys(parameters);
  return names.map((name) => `${encode(name)}=${encode(parameters[name] ?? '')}`).join('&');
}

function sortedKeys(record: Readonly<Record<string, string>>): string[] {
  return Object.keys(record).sort((one, other) => (one < other ? -1 : 1));
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function targetOf(path: string, query: string): string {
  return query === '' ? path : `${path}?${query}`;
}

function timestamp({ date = new Date() }: AcsCall): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
