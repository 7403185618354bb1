import { headerOf, type ManageRequest } from '../manage-request.js';
import { mediaTypeOf } from '../media-type-of.js';

/** The APIs that share the listener. */
export type Api = 'oss' | 'cdn' | 'rest';

/** Query parameters that only OSS clients send: a presigned URL of each version, and the sub-resource. */
const ossParameters = ['OSSAccessKeyId', 'x-oss-signature-version', 'referer'] as const;

/**
 * Which API a request is meant for: the CDN's by an action in a header, the query or a form; OSS by its authorization,
 * its headers or its query; the native one else. The older CDN SDKs send the header `x-acs-action` too, and Terraform
 * posts a form.
 */
export async function apiOf(request: ManageRequest): Promise<Api> {
  const query = new URLSearchParams(request.rawQuery);
  if (request.headers.has('x-acs-action') || query.has('Action')) return 'cdn';
  if (isForm(request) && (await hasAction(request))) return 'cdn';
  return isOss(request, query) ? 'oss' : 'rest';
}

function isOss(request: ManageRequest, query: URLSearchParams): boolean {
  return (
    /^OSS/i.test(headerOf(request, 'authorization') ?? '') ||
    [...request.headers.keys()].some((name) => name.startsWith('x-oss-')) ||
    ossParameters.some((name) => query.has(name))
  );
}

/** The native API has no forms below its paths; curl says "form" of whatever it sends with `--data`. */
function isForm(request: ManageRequest): boolean {
  const type = mediaTypeOf(headerOf(request, 'content-type'));
  const isUrlEncoded = type === 'application/x-www-form-urlencoded';
  return request.method === 'POST' && isUrlEncoded && !request.rawPath.startsWith('/v1/');
}

/** Whose form is too large to be read gets the answer of the one API that takes forms. */
async function hasAction(request: ManageRequest): Promise<boolean> {
  const body = await request.body();
  return body === 'too-large' || new URLSearchParams(body.toString()).has('Action');
}
