import { createHash, createHmac } from 'node:crypto';
import { parseForm } from '../bytes/parameters.js';
import { textOfBytes } from '../bytes/text-of-bytes.js';
import { headerOf, type ManageRequest } from '../manage-request.js';
import { type Acs3Authorization, readAcs3Authorization } from './acs3-authorization.js';
import type { CallSignature, SignatureMistake, SignatureText } from './call-signature.js';
import { type CdnFault, isFault } from './cdn-fault.js';
import { canonicalParameters } from './parameters.js';
import type { ReceivedCall } from './received-call.js';

/** What the canonical request is made of. Mistakes differ from it in one of these. */
interface Canonical {
  readonly query: string;
  readonly host: string;
  readonly bodyHash: string;
}

/**
 * Reads the signature ACS3-HMAC-SHA256 of a call (Alibaba Cloud: "V3 request body and signature mechanism"). The hash of
 * the body is computed and not taken from the call's word: a body that is not the signed one makes another signature.
 */
export function readAcs3(call: ReceivedCall): CallSignature | CdnFault {
  const authorization = readAcs3Authorization(call.request);
  if (isFault(authorization)) return authorization;
  const textFor = (changed: Partial<Canonical>) =>
    signatureText(call.request, authorization, { ...canonicalOf(call), ...changed });
  const { request } = call;
  return {
    accessKeyId: authorization.credential,
    signature: authorization.signature,
    nonce: headerOf(request, 'x-acs-signature-nonce') ?? '',
    date: headerOf(request, 'x-acs-date') ?? '',
    action: headerOf(request, 'x-acs-action') ?? '',
    version: headerOf(request, 'x-acs-version'),
    expected: () => textFor({}),
    mistakes: () => mistakesOf(call, textFor),
  };
}

function canonicalOf({ request, query, body }: ReceivedCall): Canonical {
  return {
    query: canonicalParameters(query),
    host: headerOf(request, 'host') ?? '',
    bodyHash: createHash('sha256').update(body).digest('hex'),
  };
}

function signatureText(request: ManageRequest, authorization: Acs3Authorization, canonical: Canonical): SignatureText {
  const headers = authorization.signedHeaders.map((name) => `${name}:${canonicalHeader(request, name, canonical)}\n`);
  const canonicalRequest = [
    request.method,
    request.rawPath,
    canonical.query,
    headers.join(''),
    authorization.signedHeaders.join(';'),
    canonical.bodyHash,
  ].join('\n');
  // Header values come with a character for each byte (RFC 9110 §5.5), and it is bytes that are signed.
  const hash = createHash('sha256').update(canonicalRequest, 'latin1').digest('hex');
  const stringToSign = `ACS3-HMAC-SHA256\n${hash}`;
  return {
    stringToSign,
    canonicalRequest: textOfBytes(canonicalRequest),
    sign: (secret) => createHmac('sha256', secret).update(stringToSign).digest('hex'),
  };
}

function canonicalHeader(request: ManageRequest, name: string, { host }: Canonical): string {
  if (name === 'host') return host;
  const values = request.headers.get(name) ?? [];
  return values
    .map((value) => value.trim())
    .sort()
    .join(',');
}

function mistakesOf(
  { request }: ReceivedCall,
  textFor: (changed: Partial<Canonical>) => SignatureText,
): readonly SignatureMistake[] {
  const mistake = (cause: string, changed: Partial<Canonical>) => ({
    cause,
    sign: (secret: string) => textFor(changed).sign(secret),
  });
  return [
    mistake(
      'the body is not the one whose hash is signed: something on the way changed it, or it is hashed otherwise',
      { bodyHash: headerOf(request, 'x-acs-content-sha256') ?? '' },
    ),
    ...otherHosts(request).map((host) =>
      mistake(`the host was signed as ${host} and arrived otherwise: have the proxy pass the Host header on`, { host }),
    ),
    mistake('the query was signed with + for itself and arrived as a space: send %2B, or let no proxy encode it anew', {
      query: canonicalParameters(parseForm(request.rawQuery, { plus: '+' })),
    }),
    mistake('the query was signed as it stands in the URL: sort the parameters and encode them by RFC 3986', {
      query: request.rawQuery,
    }),
  ];
}

/** What the client may have called the host before a proxy wrote another into the request. */
function otherHosts(request: ManageRequest): readonly string[] {
  const host = headerOf(request, 'host') ?? '';
  const [forwarded = host] = request.headers.get('x-forwarded-host') ?? [];
  return [forwarded, host.replace(/:\d+$/, ''), 'cdn.aliyuncs.com'].filter((each) => each !== host);
}
