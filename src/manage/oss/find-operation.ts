import { quote } from '../../rules/key-path.js';
import type { ManageRequest } from '../manage-request.js';
import type { OssFault } from './oss-fault.js';

/** What the OSS API of this service can do. */
export type OssOperation = 'GetBucketReferer' | 'PutBucketReferer';

const BY_METHOD: Readonly<Record<string, OssOperation>> = { GET: 'GetBucketReferer', PUT: 'PutBucketReferer' };

/** Which operation a call asks for. SDKs write the sub-resource as `?referer` or `?referer=`. */
export function findOperation(request: ManageRequest): OssOperation | OssFault {
  const asked = [...parameterNames(request)].filter((name) => !isOfSignature(name));
  if (!asked.includes('referer') || asked.length > 1) return notSupported(request, asked);
  return BY_METHOD[request.method] ?? methodNotAllowed(request.method);
}

/** Parameters that say who asks. Every other one asks for something, such as `?referer&acl` for two things. */
function isOfSignature(name: string): boolean {
  return name === 'security-token' || name.startsWith('x-oss-');
}

function parameterNames({ rawQuery }: ManageRequest): ReadonlySet<string> {
  return new Set(new URLSearchParams(rawQuery).keys());
}

function notSupported({ method }: ManageRequest, names: readonly string[]): OssFault {
  const asked = names.length === 0 ? 'no sub-resource' : names.map(quote).join(', ');
  const message = `This service supports GET and PUT of the sub-resource "referer" of a bucket, not ${method} of ${asked}.`;
  return { code: 'OperationNotSupported', message };
}

function methodNotAllowed(method: string): OssFault {
  const message = 'The specified method is not allowed against this resource.';
  return { code: 'MethodNotAllowed', message, details: { Method: method, ResourceType: 'REFERER' } };
}
