import { createHash } from 'node:crypto';
import { byteOrder } from '../../bytes/byte-order.js';
import { encodeRfc3986 } from '../../bytes/percent-bytes.js';
import type { Authorization, AuthorizationV2, AuthorizationV4 } from './authorization.js';
import { joinedParameters } from './joined-parameters.js';
import type { SignedParts } from './signed-parts.js';
import { subResources } from './sub-resources.js';

/** What is signed, a byte a character. */
export interface StringToSign {
  readonly text: string;
  /** Of V4, which signs its digest. */
  readonly canonicalRequest?: string;
}

/** The text that the version of the signature makes of a request. */
export function stringToSign(parts: SignedParts, authorization: Authorization): StringToSign {
  switch (authorization.version) {
    case 'V1':
      return { text: textV1(parts) };
    case 'V2':
      return { text: textV2(parts, authorization) };
    case 'V4':
      return textV4(parts, authorization);
  }
}

/** Alibaba OSS: "Include signatures in the Authorization header", V1. */
function textV1(parts: SignedParts): string {
  const query = joinedParameters(subResources(parts.query));
  return `${firstLines(parts)}${headerLines(parts, [])}${parts.resource}${query && `?${query}`}`;
}

/** V2 covers every parameter and further headers, and the resource with its slashes encoded. */
function textV2(parts: SignedParts, { additionalHeaders }: AuthorizationV2): string {
  const query = canonicalQuery(parts);
  const resource = `${encodeRfc3986(parts.resource)}${query && `?${query}`}`;
  return `${firstLines(parts)}${headerLines(parts, additionalHeaders)}${nameList(additionalHeaders)}\n${resource}`;
}

/** Alibaba OSS: "Include a V4 signature", whose date is the raw text of the header, whatever its form. */
function textV4(parts: SignedParts, { additionalHeaders, day, region }: AuthorizationV4): StringToSign {
  const canonicalRequest = [
    parts.method,
    parts.resource.split('/').map(encodeRfc3986).join('/'),
    canonicalQuery(parts),
    headerLines(parts, ['content-md5', 'content-type', ...additionalHeaders]),
    nameList(additionalHeaders),
    parts.headers.get('x-oss-content-sha256') || 'UNSIGNED-PAYLOAD',
  ].join('\n');
  const digest = createHash('sha256').update(canonicalRequest, 'latin1').digest('hex');
  const scope = `${day}/${region}/oss/aliyun_v4_request`;
  return { text: ['OSS4-HMAC-SHA256', parts.date, scope, digest].join('\n'), canonicalRequest };
}

function firstLines({ method, headers, date }: SignedParts): string {
  return `${method}\n${headers.get('content-md5') ?? ''}\n${headers.get('content-type') ?? ''}\n${date}\n`;
}

/** `name:value` of each x-oss- header and of the others that are there. */
function headerLines({ headers }: SignedParts, others: readonly string[]): string {
  const signed = [...headers].filter(([name]) => name.startsWith('x-oss-') || others.includes(name));
  const sorted = signed.sort(([one], [other]) => byteOrder(one, other));
  return sorted.map(([name, value]) => `${name}:${value}\n`).join('');
}

/** oss2 sends them in the order of a hash table, and signs them sorted. */
function nameList(names: readonly string[]): string {
  return [...names].sort(byteOrder).join(';');
}

function canonicalQuery({ query }: SignedParts): string {
  return joinedParameters(query.map(({ name, value }) => ({ name: encodeRfc3986(name), value: encodeRfc3986(value) })));
}
