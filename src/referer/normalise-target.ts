import { normaliseHost } from './normalise-host.js';

/** What a request asks for, spelled in one way. */
export interface NormalisedTarget {
  /** Host of an absolute-form target, which takes precedence over `Host` (RFC 9112 §3.2.2); `undefined` for others. */
  readonly host: string | undefined;
  /** Begins with `/` (but for `*`, RFC 9112 §3.2.4); decoded once, no dot segments, no runs of slashes. */
  readonly path: string;
  /** As written, without the question mark; `undefined` when there is no question mark. */
  readonly query: string | undefined;
}

const absoluteForm = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i;

/** Any of what asks for work: an escape, a run of slashes, a segment that begins with a dot. */
const unusual = /%|\/[/.]/;

const escapes = /(?:%[0-9a-f]{2})+/gi;

/**
 * Splits a request target and spells its path as an origin server would resolve it, so that a policy for `/images/**`
 * cannot be evaded by `/images/%2e%2e/images//a.png` and the like: percent-decoded once (`%2F` is a slash, as nginx
 * has it), then dot segments resolved and slashes merged. `//host/x` is a path, not a host.
 */
export function normaliseTarget(target: string): NormalisedTarget {
  const absolute = target.startsWith('/') ? null : absoluteForm.exec(target);
  const rest = absolute === null ? target : target.slice(absolute[0].length);
  const authority = absolute?.[1] ?? '';
  const { path, query } = splitQuery(rest);
  return { host: authority === '' ? undefined : normaliseHost(authority), path: normalisePath(path), query };
}

/** The extension of a normalised path: `/a/b.tar.GZ` → `gz`; `''` where the last segment has no dot, which no rule names. */
export function extensionOf(path: string): string {
  const dot = path.lastIndexOf('.');
  return dot > path.lastIndexOf('/') ? path.slice(dot + 1).toLowerCase() : '';
}

/** The query begins at the first `?` as it was sent: a `%3F` belongs to the path. A fragment is no part of a request. */
function splitQuery(text: string): { path: string; query: string | undefined } {
  const hash = text.indexOf('#');
  const sent = hash < 0 ? text : text.slice(0, hash);
  const mark = sent.indexOf('?');
  return mark < 0 ? { path: sent, query: undefined } : { path: sent.slice(0, mark), query: sent.slice(mark + 1) };
}

function normalisePath(path: string): string {
  if (path === '*') return path;
  const rooted = path.startsWith('/') ? path : `/${path}`;
  return unusual.test(rooted) ? resolveSegments(decodeOnce(rooted)) : rooted;
}

/**
 * Decodes as UTF-8 with U+FFFD for bytes that are none; a `%` without two hexadecimal digits stays. Not
 * `decodeURIComponent`, which throws on both.
 */
function decodeOnce(path: string): string {
  return path.replace(escapes, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'));
}

/** RFC 3986 §5.2.4, with empty segments dropped first as nginx does (`merge_slashes`): `/a//../b` is `/b`. */
function resolveSegments(path: string): string {
  const resolved: string[] = [];
  let last = '';
  for (const segment of path.split('/')) {
    last = segment;
    if (segment === '..') resolved.pop();
    else if (segment !== '.' && segment !== '') resolved.push(segment);
  }
  const isFolder = last === '' || last === '.' || last === '..';
  return resolved.length === 0 ? '/' : `/${resolved.join('/')}${isFolder ? '/' : ''}`;
}
