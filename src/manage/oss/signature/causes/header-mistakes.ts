import { createHash } from 'node:crypto';
import { headerOf } from '../../../manage-request.js';
import type { SignedParts } from '../signed-parts.js';
import { quoted } from './quoted.js';
import type { Mistake, WrongSignature } from './wrong-signature.js';

/** So many headers, or hosts, are tried. */
const MOST = 50;

/** A proxy on the way adds, removes or rewrites what is signed; or the client signs what it does not send. */
export function headerMistakes(wrong: WrongSignature): Mistake[] {
  return [...contentMistakes(wrong), ...ossHeaderMistakes(wrong), ...hostMistakes(wrong)];
}

const CONTENT_TYPES = [
  undefined,
  'application/xml',
  'text/xml',
  'text/plain',
  'text/plain; charset=utf-8',
  'application/octet-stream',
  'application/x-www-form-urlencoded',
  'application/json',
];

/** Content-Type and Content-MD5 together, for what takes away one often takes away both. */
function contentMistakes({ parts, body }: WrongSignature): Mistake[] {
  const type = parts.headers.get('content-type');
  const digest = parts.headers.get('content-md5');
  const ofBody = body === undefined ? [] : [createHash('md5').update(body).digest('base64')];
  return [digest, undefined, ...ofBody].flatMap((md5) =>
    [type, ...CONTENT_TYPES].map((contentType) => ({
      cause: contentCause(differing({ type, contentType, digest, md5 })),
      parts: withHeaders(parts, { 'content-type': contentType, 'content-md5': md5 }),
    })),
  );
}

interface Content {
  readonly type: string | undefined;
  readonly contentType: string | undefined;
  readonly digest: string | undefined;
  readonly md5: string | undefined;
}

function differing({ type, contentType, digest, md5 }: Content): string[] {
  return [
    ...(type === contentType ? [] : [`Content-Type ${quotedOrNone(contentType)}, not ${quotedOrNone(type)}`]),
    ...(digest === md5 ? [] : [`Content-MD5 ${quotedOrNone(md5)}, not ${quotedOrNone(digest)}`]),
  ];
}

function contentCause(differences: readonly string[]): string {
  return `the client signs ${differences.join(' and ')}: a proxy changes the header, or the client sends it after signing. Have both pass it on as signed`;
}

function quotedOrNone(value: string | undefined): string {
  return value === undefined ? 'none' : quoted(value);
}

function ossHeaderMistakes({ parts }: WrongSignature): Mistake[] {
  const names = [...parts.headers.keys()].filter((name) => name.startsWith('x-oss-')).slice(0, MOST);
  return names.map((name) => ({
    cause: `the client does not sign ${quoted(name)}: it was added on the way, or after signing. x-oss- headers are all signed`,
    parts: withHeaders(parts, { [name]: undefined }),
  }));
}

/** V2 and V4 sign the Host where `AdditionalHeaders` name it. */
function hostMistakes(wrong: WrongSignature): Mistake[] {
  const { parts, authorization } = wrong;
  if (authorization.version === 'V1' || !authorization.additionalHeaders.includes('host')) return [];
  const came = parts.headers.get('host') ?? '';
  return otherHosts(wrong, came).map((host) => ({
    cause: `the client signs the Host ${quoted(host)}, and ${quoted(came)} came: a proxy rewrites it. Have the proxy pass the Host on, or take host out of the additional headers of the client`,
    parts: withHeaders(parts, { host }),
  }));
}

function otherHosts({ request, settings }: WrongSignature, came: string): string[] {
  const bare = came.replace(/:\d*$/, '');
  const forwarded = ['x-forwarded-host', 'x-original-host'].flatMap((name) => headerOf(request, name) ?? []);
  const exact = [...settings.buckets.values()].flatMap(({ hosts }) => hosts.filter((host) => !host.includes('*')));
  const hosts = [...forwarded, bare, `${bare}:80`, `${bare}:443`, ...exact];
  return [...new Set(hosts)].filter((host) => host !== came).slice(0, MOST);
}

function withHeaders(parts: SignedParts, changes: Readonly<Record<string, string | undefined>>): SignedParts {
  const headers = new Map(parts.headers);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) headers.delete(name);
    else headers.set(name, value);
  }
  return { ...parts, headers };
}
