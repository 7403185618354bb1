import { quote } from '../../rules/key-path.js';
import { parseForm } from '../bytes/parameters.js';
import type { ManageRequest } from '../manage-request.js';
import type { OssFault } from './oss-fault.js';
import { subResources } from './signature/sub-resources.js';

/** What the OSS API of this service can do. */
export type OssOperation = 'GetBucketReferer' | 'PutBucketReferer';

const BY_METHOD: Readonly<Record<string, OssOperation>> = { GET: 'GetBucketReferer', PUT: 'PutBucketReferer' };

/**
 * Which operation a call asks for. SDKs write the sub-resource as `?referer` or `?referer=`; a parameter that is none,
 * such as `?referer&v=1`, means nothing to OSS.
 */
export function findOperation(request: ManageRequest): OssOperation | OssFault {
  const asked = new Set(subResources(parseForm(request.rawQuery)).map(({ name }) => name));
  const others = [...asked].filter((name) => name !== 'referer' && !isOfSignature(name));
  if (!asked.has('referer') || others.length > 0) return notSupported(request, others);
  return BY_METHOD[request.method] ?? methodNotAllowed(request.method);
}

/** Parameters that say who asks, not what for. */
function isOfSignature(name: string): boolean {
  return name === 'security-token' || name.startsWith('x-oss-');
}

function notSupported({ method }: ManageRequest, names: readonly string[]): OssFault {
  const asked = names.length === 0 ? 'none' : names.map(quote).join(', ');
  const message = `This service supports GET and PUT of the sub-resource "referer" of a bucket, not ${method} of ${asked}.`;
  return { code: 'OperationNotSupported', message };
}

function methodNotAllowed(method: string): OssFault {
  const message = 'The specified method is not allowed against this resource.';
  return { code: 'MethodNotAllowed', message, details: { Method: method, ResourceType: 'REFERER' } };
}
