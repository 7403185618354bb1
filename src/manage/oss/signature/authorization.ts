import type { OssFault } from '../oss-fault.js';

/** What an `Authorization` header says: who signed, by which version, and what came out. Nothing of it is proved. */
export type Authorization = AuthorizationV1 | AuthorizationV2 | AuthorizationV4;

interface Signed {
  readonly accessKeyId: string;
  readonly signature: string;
}

/** `OSS <id>:<signature>` (Alibaba OSS: "Include signatures in the Authorization header"). */
export interface AuthorizationV1 extends Signed {
  readonly version: 'V1';
}

/** `OSS2 AccessKeyId:<id>,AdditionalHeaders:<names>,Signature:<signature>`. */
export interface AuthorizationV2 extends Signed {
  readonly version: 'V2';
  /** In lower case, as they came: oss2 does not sort them. */
  readonly additionalHeaders: readonly string[];
}

/** `OSS4-HMAC-SHA256 Credential=<id>/<day>/<region>/oss/aliyun_v4_request,AdditionalHeaders=<names>,Signature=<hex>`. */
export interface AuthorizationV4 extends Signed {
  readonly version: 'V4';
  readonly additionalHeaders: readonly string[];
  /** `20261122`. */
  readonly day: string;
  /** Any; empty where a client was told none (Go, Python V2). */
  readonly region: string;
}

/** Far beyond what any SDK sends; what is longer is not looked at. */
const LONGEST = 8_192;

/**
 * Reads the values of all `Authorization` headers of a request. SDKs differ in order and white space of the fields:
 * oss2 writes `Credential=…, Signature=…, AdditionalHeaders=…`.
 */
export function parseAuthorization(values: readonly string[]): Authorization | OssFault {
  const [text = '', ...others] = values;
  if (others.length > 0) return unreadable('there is more than one');
  if (text.length > LONGEST) return unreadable(`it has more than ${LONGEST} characters`);
  const [, scheme = '', rest = ''] = /^(\S+) +(\S.*)$/.exec(text) ?? [];
  if (scheme === 'OSS') return parseV1(rest);
  if (scheme === 'OSS2') return parseV2(rest);
  if (scheme === 'OSS4-HMAC-SHA256') return parseV4(rest);
  return unreadable('it does not begin with OSS, OSS2 or OSS4-HMAC-SHA256');
}

function parseV1(rest: string): AuthorizationV1 | OssFault {
  const colon = rest.lastIndexOf(':');
  const [accessKeyId, signature] = [rest.slice(0, Math.max(colon, 0)), rest.slice(colon + 1)];
  if (!isWord(accessKeyId) || !isWord(signature)) return unreadable('it is not OSS <AccessKeyId>:<Signature>');
  return { version: 'V1', accessKeyId, signature };
}

function parseV2(rest: string): AuthorizationV2 | OssFault {
  const fields = parseFields(rest, ':', ['AccessKeyId', 'AdditionalHeaders', 'Signature']);
  if (typeof fields === 'string') return unreadable(fields);
  const additionalHeaders = headerNames(fields.get('AdditionalHeaders'));
  if (additionalHeaders === undefined) return unreadable('AdditionalHeaders are not names of headers');
  const { AccessKeyId: accessKeyId = '', Signature: signature = '' } = Object.fromEntries(fields);
  if (!isWord(accessKeyId) || !isWord(signature)) return unreadable('it needs AccessKeyId and Signature');
  return { version: 'V2', accessKeyId, signature, additionalHeaders };
}

function parseV4(rest: string): AuthorizationV4 | OssFault {
  const fields = parseFields(rest, '=', ['Credential', 'AdditionalHeaders', 'Signature']);
  if (typeof fields === 'string') return unreadable(fields);
  const additionalHeaders = headerNames(fields.get('AdditionalHeaders'));
  if (additionalHeaders === undefined) return unreadable('AdditionalHeaders are not names of headers');
  const { Credential: credential = '', Signature: signature = '' } = Object.fromEntries(fields);
  const [, accessKeyId = '', day = '', region = ''] = credentialForm.exec(credential) ?? [];
  if (accessKeyId === '')
    return unreadable('Credential is not <AccessKeyId>/<yyyymmdd>/<region>/oss/aliyun_v4_request');
  if (!isWord(signature)) return unreadable('it needs Signature');
  return { version: 'V4', accessKeyId, signature, additionalHeaders, day, region };
}

const credentialForm = /^(\S+)\/(\d{8})\/([^\s/]*)\/oss\/aliyun_v4_request$/;

/** Fields by name, or what is wrong with them. The value of a field may have `separator` in it, but no comma. */
function parseFields(text: string, separator: string, known: readonly string[]): ReadonlyMap<string, string> | string {
  const fields = new Map<string, string>();
  for (const part of text.split(',')) {
    const at = part.indexOf(separator);
    const name = part.slice(0, Math.max(at, 0)).trim();
    if (!known.includes(name)) return `it has something else than ${known.join(', ')}`;
    if (fields.has(name)) return `it has ${name} twice`;
    fields.set(name, part.slice(at + 1).trim());
  }
  return fields;
}

/** `undefined`: these are no names of headers (RFC 9110 §5.1). */
function headerNames(text = ''): string[] | undefined {
  const names = text
    .toLowerCase()
    .split(';')
    .map((name) => name.trim());
  const given = names.filter((name) => name !== '');
  return given.every((name) => /^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(name)) ? given : undefined;
}

function isWord(text: string): boolean {
  return /^\S+$/.test(text);
}

function unreadable(why: string): OssFault {
  return { code: 'InvalidArgument', message: `The Authorization header cannot be read: ${why}.` };
}
