import { headerOf, type ManageRequest } from '../manage-request.js';
import type { CdnFault } from './cdn-fault.js';

/** The header `Authorization: ACS3-HMAC-SHA256 Credential=…,SignedHeaders=…,Signature=…`. */
export interface Acs3Authorization {
  readonly credential: string;
  /** In lower case, in the order of the header. */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/** Without these in the signature, a call could be used for another one. */
const REQUIRED = ['host', 'x-acs-action', 'x-acs-content-sha256', 'x-acs-date', 'x-acs-signature-nonce'];

/** Reads the header. What a key is asked for must have come once, so that nobody reads another value than was signed. */
export function readAcs3Authorization(request: ManageRequest): Acs3Authorization | CdnFault {
  const header = request.headers.get('authorization') ?? [];
  if (header.length > 1) return incomplete('Authorization is given twice: send it once');
  const parts = partsOf(header[0] ?? '');
  const { Credential: credential, SignedHeaders: list, Signature: signature } = parts ?? {};
  if (credential === undefined || list === undefined || signature === undefined) {
    return incomplete('Authorization: expected ACS3-HMAC-SHA256 Credential=…,SignedHeaders=…,Signature=…');
  }
  const signedHeaders = list.toLowerCase().split(';');
  return problemOfHeaders(request, signedHeaders) ?? { credential, signedHeaders, signature };
}

type Parts = Partial<Record<'Credential' | 'SignedHeaders' | 'Signature', string>>;

/** White space after a comma is no part of a name; of a value it is, so that a copied key with it is not another's. */
function partsOf(header: string): Parts | undefined {
  const written = /^ACS3-HMAC-SHA256 +(.*)$/.exec(header)?.[1]?.split(',') ?? [];
  const found: Record<string, string> = {};
  for (const part of written) {
    const [, name, value] = /^\s*(Credential|SignedHeaders|Signature)=(.*)$/.exec(part) ?? [];
    if (name === undefined || value === undefined || Object.hasOwn(found, name)) return undefined;
    found[name] = value;
  }
  return found;
}

function problemOfHeaders(request: ManageRequest, signedHeaders: readonly string[]): CdnFault | undefined {
  // A header of 100 KB that is named a thousand times would be 100 MB to sign.
  if (new Set(signedHeaders).size < signedHeaders.length) return incomplete('SignedHeaders: a header is named twice');
  for (const name of REQUIRED) {
    if (!signedHeaders.includes(name)) return incomplete(`SignedHeaders: ${name} is missing: sign it too`);
    if (request.headers.get(name)?.length !== 1) return incomplete(`${name}: send this header, once`);
  }
  if (headerOf(request, 'x-acs-signature-nonce') === '') return incomplete('x-acs-signature-nonce is empty');
  return undefined;
}

function incomplete(message: string): CdnFault {
  return { code: 'IncompleteSignature', message };
}
