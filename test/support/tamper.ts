import type { ManageRequest } from '#refgate/manage/manage-request.js';
import type { Prng } from './prng.js';

/** A change of a signed request, by what it changes. `undefined`: there is nothing of that to change. */
export type Tampering = readonly [what: string, change: (request: ManageRequest) => ManageRequest | undefined];

/** Changes of a request about a bucket, none of which a signature of any version may survive. */
export function tamperings(random: Prng): Tampering[] {
  return [
    ['method', (request) => ({ ...request, method: request.method === 'PUT' ? 'GET' : 'PUT' })],
    ['method in lower case', (request) => ({ ...request, method: request.method.toLowerCase() })],
    ['bucket', (request) => withOtherBucket(request)],
    ['sub-resource added', (request) => ({ ...request, rawQuery: `${request.rawQuery}&acl` })],
    ['sub-resource gone', (request) => ({ ...request, rawQuery: request.rawQuery.replace('referer', '') })],
    ['sub-resource twice', (request) => ({ ...request, rawQuery: `${request.rawQuery}&referer` })],
    ['sub-resource with a value', (request) => ({ ...request, rawQuery: 'referer=x' })],
    [
      'sub-resource of another name',
      (request) => ({ ...request, rawQuery: request.rawQuery.replace('ref', '%72ef%00') }),
    ],
    ['content-type', (request) => withOther(request, 'content-type', random)],
    ['content-md5', (request) => withOther(request, 'content-md5', random)],
    ['x-oss- header added', (request) => withHeader(request, 'x-oss-meta-added', '')],
    ['x-oss- header', (request) => withOther(request, ossHeader(request, random), random)],
    ['x-oss- header repeated', (request) => repeated(request, ossHeader(request, random))],
    ['x-oss- header gone', (request) => without(request, ossHeader(request, random))],
    ['date', (request) => withOther(request, request.headers.has('x-oss-date') ? 'x-oss-date' : 'date', random)],
    ['signature', (request) => withAuthorization(request, (text) => text.replace(/[^=](?==*$)/, otherCharacter))],
    ['signature cut', (request) => withAuthorization(request, (text) => text.slice(0, -random.integer(1, 20)))],
    ['signature longer', (request) => withAuthorization(request, (text) => `${text}A`)],
    ['key', (request) => withAuthorization(request, (text) => text.replace(/ak/, 'other'))],
    ['region', (request) => withAuthorization(request, (text) => text.replace(/\/oss\//, 'x/oss/'))],
    ['day', (request) => withAuthorization(request, (text) => text.replace(/\/\d{8}\//, '/19700101/'))],
    ['version', (request) => withAuthorization(request, (text) => text.replace(/^OSS2 /, 'OSS '))],
    ['Authorization repeated', (request) => repeated(request, 'authorization')],
  ];
}

function withHeader(request: ManageRequest, name: string, ...values: string[]): ManageRequest {
  return { ...request, headers: new Map([...request.headers, [name, values]]) };
}

function without(request: ManageRequest, name: string | undefined): ManageRequest | undefined {
  if (name === undefined || !request.headers.has(name)) return undefined;
  return { ...request, headers: new Map([...request.headers].filter(([header]) => header !== name)) };
}

/** One character of the value changed, or a value where there was none. */
function withOther(request: ManageRequest, name: string | undefined, random: Prng): ManageRequest | undefined {
  if (name === undefined) return undefined;
  const [value = ''] = request.headers.get(name) ?? [];
  const at = random.integer(0, Math.max(value.length - 1, 0));
  return withHeader(request, name, value.slice(0, at) + otherCharacter(value[at] ?? '') + value.slice(at + 1));
}

function otherCharacter(character: string): string {
  return character === '1' ? '2' : '1';
}

function repeated(request: ManageRequest, name: string | undefined): ManageRequest | undefined {
  const [value] = request.headers.get(name ?? '') ?? [];
  return name === undefined || value === undefined ? undefined : withHeader(request, name, value, value);
}

function ossHeader(request: ManageRequest, random: Prng): string | undefined {
  const names = [...request.headers.keys()].filter((name) => name.startsWith('x-oss-'));
  return names.length === 0 ? undefined : random.pick(names);
}

function withOtherBucket(request: ManageRequest): ManageRequest {
  return { ...request, rawPath: request.rawPath === '/' ? '/other-bucket/' : request.rawPath.replace(/\/$/, 'x/') };
}

function withAuthorization(request: ManageRequest, change: (text: string) => string): ManageRequest | undefined {
  const [text = ''] = request.headers.get('authorization') ?? [];
  const changed = change(text);
  return changed === text ? undefined : withHeader(request, 'authorization', changed);
}
