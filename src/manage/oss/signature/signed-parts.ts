import { type Parameter, parseForm } from '../../bytes/parameters.js';
import type { ManageRequest } from '../../manage-request.js';
import type { Authorization } from './authorization.js';

/**
 * What a signature covers, as the server sees it. All texts hold a byte a character (Latin-1), as Node gives headers:
 * SDKs sign the bytes that they send.
 */
export interface SignedParts {
  readonly method: string;
  /** `/<bucket>/` however the bucket was named; `/` for calls of the whole service. */
  readonly resource: string;
  readonly query: readonly Parameter[];
  /** By name in lower case; several values are joined by a comma, as Go does. */
  readonly headers: ReadonlyMap<string, string>;
  /** The date as it is signed for itself, beside the headers: the raw text of one of them. */
  readonly date: string;
}

/** What of a request is signed, if it is about this bucket. */
export function signedParts(
  request: ManageRequest,
  bucket: string | undefined,
  { version }: Authorization,
): SignedParts {
  const headers = new Map([...request.headers].map(([name, values]) => [name, values.map(trimmed).join(',')]));
  return {
    method: request.method,
    resource: resourceOf(bucket),
    query: parseForm(request.rawQuery),
    headers,
    date: signedDate(headers, version),
  };
}

/** The resource of a bucket itself. */
function resourceOf(bucket: string | undefined): string {
  return bucket === undefined ? '/' : `/${bucket}/`;
}

/**
 * The date that counts. `x-oss-date` goes before `Date`, which browsers and proxies may set; but V2 signs `Date` alone.
 * Go V1 sends `Date` only, in V4 too. An empty header is none.
 */
function signedDate(headers: ReadonlyMap<string, string>, version: Authorization['version']): string {
  const names = version === 'V2' ? ['date', 'x-oss-date'] : ['x-oss-date', 'date'];
  return names.map((name) => headers.get(name)).find((value) => value !== undefined && value !== '') ?? '';
}

function trimmed(value: string): string {
  return value.replace(/^[ \t]+|[ \t]+$/g, '');
}
