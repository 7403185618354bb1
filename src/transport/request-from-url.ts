import { isIP } from 'node:net';
import type { AuthzRequest } from '../model/authz-request.js';
import { percentEncode } from '../referer/percent-encode.js';

/** A request in the words of a person who tries a URL: what `refgate explain` and `/v1/explain` are given. */
export interface UrlRequest {
  /** Absolute, `http` or `https`. */
  readonly url: string;
  /** `undefined`: GET. */
  readonly method?: string | undefined;
  /** Values of the Referer header; none: the header is absent. An empty text is a blank Referer. */
  readonly referers?: readonly string[] | undefined;
  /** Further headers in order; a name may come several times. A Referer here counts as one of `referers`. */
  readonly headers?: readonly (readonly [name: string, value: string])[] | undefined;
  readonly clientIp?: string | undefined;
  /** Policy to decide by, as a proxy's `context_extensions.policy` names it; `undefined`: the rules choose. */
  readonly policy?: string | undefined;
}

/** What is wrong, in one sentence that names the field. */
export interface RequestProblem {
  readonly problem: string;
}

/** The request that a proxy would ask about if a client asked for the URL. */
export function toAuthzRequest(given: UrlRequest): AuthzRequest | RequestProblem {
  const location = readUrl(given.url);
  if (location === undefined) {
    return {
      problem: `url: expected an absolute http or https URL such as https://cdn.example/a.jpg, got "${given.url}"`,
    };
  }
  const { method = 'GET', clientIp = '', headers = [], referers = [] } = given;
  if (!token.test(method)) return { problem: `method: expected a method such as GET, got "${method}"` };
  if (clientIp !== '' && isIP(clientIp) === 0) {
    return { problem: `clientIp: expected an IPv4 or IPv6 address, got "${clientIp}"` };
  }
  const all = [...referers.map((value) => ['referer', value] as const), ...headers];
  const problem = headerProblem(all);
  if (problem !== undefined) return { problem };
  return { method, ...location, headers: byName(all), clientIp, policyName: given.policy };
}

/** `K: V` as curl's `-H` takes it → name and value without the white space around; `undefined` without a colon. */
export function parseHeaderLine(line: string): readonly [name: string, value: string] | undefined {
  const colon = line.indexOf(':');
  return colon < 1 ? undefined : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
}

/** RFC 9110 §5.6.2: what methods and header names are made of. */
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/**
 * Scheme, host and target as a client would send them: without user info and fragment, path and query as written. They
 * are not taken from `URL`, which resolves `..` and `%2e%2e` before the rules have seen them.
 */
function readUrl(url: string): Pick<AuthzRequest, 'scheme' | 'host' | 'target'> | undefined {
  const parts = /^(https?):\/\/([^/?#\\\s]+)([^#\s]*)/i.exec(url);
  if (parts === null || !URL.canParse(url) || /\s/.test(url)) return undefined;
  const [, scheme = '', authority = '', rest = ''] = parts;
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  const target = rest.startsWith('/') ? rest : `/${rest}`;
  return { scheme: scheme.toLowerCase(), host, target: asciiTarget(target) };
}

/** Clients send text beyond ASCII in a target as percent-encoded UTF-8. */
function asciiTarget(target: string): string {
  return target.replace(/[^\0-\x7f]+/g, percentEncode);
}

function headerProblem(headers: readonly (readonly [string, string])[]): string | undefined {
  for (const [name, value] of headers) {
    if (!token.test(name)) return `header: "${name}" is no header name`;
    if (/[\0\r\n]/.test(value)) return `header ${name}: a value has no line breaks and no zero byte`;
  }
  return undefined;
}

function byName(headers: readonly (readonly [string, string])[]): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    values.set(key, [...(values.get(key) ?? []), value]);
  }
  return values;
}
