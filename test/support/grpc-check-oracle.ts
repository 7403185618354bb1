import type { AttributeContext_HttpRequest } from '#refgate/gen/envoy/service/auth/v3/attribute_context.js';
import { CheckRequest } from '#refgate/gen/envoy/service/auth/v3/external_auth.js';
import type { AuthzRequest } from '#refgate/model/authz-request.js';
import { mergeCheckRequest } from './grpc-wire-form.js';

/** What bytes say: a request, `incomplete` where a part is missing, `malformed` where they break the encoding. */
export type OracleReading = AuthzRequest | 'incomplete' | 'malformed' | 'unreadable elsewhere';

/** Reads the same as `decodeCheck` without trusted hops, through the generated decoder of the whole message. */
export function readCheckSlowly(bytes: Uint8Array, wanted: ReadonlySet<string>): OracleReading {
  const merged = mergeCheckRequest(bytes);
  if (merged === undefined) return 'malformed';
  const attributes = decode(merged);
  if (attributes === 'unreadable elsewhere') return attributes;
  const http = attributes?.request?.http;
  if (attributes === undefined || http === undefined || http.host === '') return 'incomplete';
  const { method, scheme, host, path } = http;
  const address = attributes.source?.address?.address;
  return {
    method,
    scheme,
    host,
    target: path,
    headers: headersOf(http, wanted),
    clientIp: address?.$case === 'socketAddress' ? address.value.address : '',
    policyName: attributes.contextExtensions.get('policy'),
  };
}

/** It may fail in parts that no decision reads, such as metadata, which `decodeCheck` skips by their length. */
function decode(bytes: Uint8Array): CheckRequest['attributes'] | 'unreadable elsewhere' {
  try {
    return CheckRequest.decode(bytes).attributes;
  } catch {
    return 'unreadable elsewhere';
  }
}

function headersOf(http: AttributeContext_HttpRequest, wanted: ReadonlySet<string>): Map<string, string[]> {
  const listed = (http.headerMap?.headers ?? []).map(({ key, value, rawValue }): [string, string] => [
    key,
    rawValue.length > 0 ? Buffer.from(rawValue).toString() : value,
  ]);
  const found = new Map<string, string[]>();
  for (const [key, value] of listed.length > 0 ? listed : http.headers) {
    const name = key.toLowerCase();
    if (wanted.has(name)) found.set(name, [...(found.get(name) ?? []), value]);
  }
  return found;
}
