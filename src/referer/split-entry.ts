import { isProblem, type PatternProblem } from './pattern-problem.js';

/** The parts of `[scheme://]host[:port][/path-prefix]`. */
export interface EntryParts {
  /** Lower case. */
  readonly scheme: string | undefined;
  /** As written; may be empty. */
  readonly host: string;
  readonly port: number | undefined;
  /** As written, beginning with `/`; `undefined` when there is none. */
  readonly path: string | undefined;
}

const schemeName = /^[a-z][a-z0-9+.-]*$/i;
const highestPort = 65535;

/** Takes an entry apart. What the host may hold is not looked at. */
export function splitEntry(text: string): EntryParts | PatternProblem {
  const separator = schemeSeparator(text);
  const scheme = separator < 0 ? undefined : text.slice(0, separator);
  if (scheme !== undefined && !schemeName.test(scheme)) return problemOfScheme(scheme);
  const rest = separator < 0 ? text : text.slice(separator + '://'.length);
  const slash = rest.indexOf('/');
  const authority = splitAuthority(slash < 0 ? rest : rest.slice(0, slash));
  if (isProblem(authority)) return authority;
  return { ...authority, scheme: scheme?.toLowerCase(), path: slash < 0 ? undefined : rest.slice(slash) };
}

/** Position of a `://` that no slash precedes, or -1: `shop.example/?u=http://x` has no scheme. */
function schemeSeparator(text: string): number {
  const separator = text.indexOf('://');
  return text.indexOf('/') === separator + 1 ? separator : -1;
}

function problemOfScheme(scheme: string): PatternProblem {
  return {
    problem: `${JSON.stringify(scheme)} is not a scheme: begin with one such as https://, or with the host to match every scheme`,
  };
}

/** `host`, `host:port`, `[2001:db8::1]` or `[2001:db8::1]:port`. */
function splitAuthority(authority: string): { host: string; port: number | undefined } | PatternProblem {
  if (authority.includes('@')) {
    return { problem: 'user info before @: write the host alone, for the user info of a Referer is never compared' };
  }
  const colon = authority.indexOf(':', authority.lastIndexOf(']') + 1);
  if (colon < 0) return { host: authority, port: undefined };
  const port = authority.slice(colon + 1);
  if (port.includes(':')) {
    return { problem: 'more than one colon: write an IPv6 address in brackets, such as [2001:db8::1]:8080' };
  }
  return /^\d+$/.test(port) && Number(port) >= 1 && Number(port) <= highestPort
    ? { host: authority.slice(0, colon), port: Number(port) }
    : problemOfPort(port);
}

function problemOfPort(port: string): PatternProblem {
  const found = port === '' ? 'colon without a port' : `${JSON.stringify(port)} is not a port`;
  return { problem: `${found}: write a number from 1 to ${highestPort}, or leave the colon out to match every port` };
}
