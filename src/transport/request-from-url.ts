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

/** A mistake in one field of a request. */
export interface FieldProblem extends RequestProblem {
  readonly field: 'url' | 'method' | 'clientIp' | 'referers' | 'headers';
  /** Which of the Referers or headers, from 0. */
  readonly position: number;
  /** What is wrong, without the name of the field. */
  readonly problem: string;
}

/** The request that a proxy would ask about if a client asked for the URL; or the first thing wrong with it. */
export function toAuthzRequest(given: UrlRequest): AuthzRequest | RequestProblem {
  const [first] = findRequestProblems(given);
  if (first !== undefined) return { problem: `${LABELS[first.field]}: ${first.problem}` };
  const location = readUrl(given.url);
  if (location === undefined) return { problem: `url: ${urlExpected(given.url)}` };
  const { method = 'GET', clientIp = '', headers = [], referers = [] } = given;
  const all = [...referers.map((value) => ['referer', value] as const), ...headers];
  return { method, ...location, headers: byName(all), clientIp, policyName: given.policy };
}

type GivenFields = Omit<UrlRequest, 'url'> & { readonly url?: string | undefined };

/** Everything that is wrong in the fields given, for those who tell all mistakes together. */
export function findRequestProblems({ url, method = 'GET', clientIp = '', ...given }: GivenFields): FieldProblem[] {
  const { headers = [], referers = [] } = given;
  const problems: FieldProblem[] = [];
  if (url !== undefined && readUrl(url) === undefined)
    problems.push({ field: 'url', position: 0, problem: urlExpected(url) });
  if (!token.test(method)) {
    problems.push({ field: 'method', position: 0, problem: `expected a method such as GET, got "${method}"` });
  }
  if (clientIp !== '' && isIP(clientIp) === 0) {
    const problem = `expected an IPv4 or IPv6 address, got "${clientIp}"`;
    problems.push({ field: 'clientIp', position: 0, problem });
  }
  const asHeaders = referers.map((value) => ['referer', value] as const);
  return [...problems, ...headerProblems('referers', asHeaders), ...headerProblems('headers', headers)];
}

const LABELS: Readonly<Record<FieldProblem['field'], string>> = {
  url: 'url',
  method: 'method',
  clientIp: 'clientIp',
  referers: 'header',
  headers: 'header',
};

function urlExpected(url: string): string {
  return `expected an absolute http or https URL such as https://cdn.example/a.jpg, got "${url}"`;
}

/** `K: V` as curl's `-H` takes it → name and value without the white space around; `undefined` without a colon. */
export function parseHeaderLine(line: string): readonly [name: string, value: string] | undefined {
  const colon = line.indexOf(':');
  return colon < 1 ? undefined : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
}

/** RFC 9110 §5.6.2: what methods and header names are made of. */
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

type Location = Pick<AuthzRequest, 'scheme' | 'host' | 'target'>;

/**
 * Scheme, host and target as a client would send them: without user info and fragment, path and query as written. They
 * are not taken from `URL`, which resolves `..` and `%2e%2e` before the rules have seen them.
 */
function readUrl(url: string): Location | undefined {
  const parts = /^(https?):\/\/([^/?#\\\s]+)([^#\s]*)/i.exec(url);
  // Not `URL.canParse`: once V8 has optimised its caller, Node 20 and 22 give it Latin-1 as if that were UTF-8, and
  // `http://bücher.example/` is no URL any more.
  if (parts === null || URL.parse(url) === null || /\s/.test(url)) return undefined;
  const [, scheme = '', authority = '', rest = ''] = parts;
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  const target = rest.startsWith('/') ? rest : `/${rest}`;
  return { scheme: scheme.toLowerCase(), host, target: asciiTarget(target) };
}

/** Clients send text beyond ASCII in a target as percent-encoded UTF-8. */
function asciiTarget(target: string): string {
  return target.replace(/[^\0-\x7f]+/g, percentEncode);
}

function headerProblems(
  field: 'referers' | 'headers',
  headers: readonly (readonly [name: string, value: string])[],
): FieldProblem[] {
  return headers.flatMap(([name, value], position) => {
    const problem = headerProblem(name, value);
    return problem === undefined ? [] : [{ field, position, problem }];
  });
}

function headerProblem(name: string, value: string): string | undefined {
  if (!token.test(name)) return `"${name}" is no header name`;
  return /[\0\r\n]/.test(value) ? `the value of ${name} has a line break or a zero byte, as no header has` : undefined;
}

function byName(headers: readonly (readonly [string, string])[]): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    values.set(key, [...(values.get(key) ?? []), value]);
  }
  return values;
}
