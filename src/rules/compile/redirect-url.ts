import type { RedirectTarget } from '../../model/policy.js';
import { normaliseHost } from '../../referer/normalise-host.js';
import { normaliseQuery } from '../../referer/normalise-query.js';
import { normaliseTarget } from '../../referer/normalise-target.js';
import { quote } from '../key-path.js';

/** A redirect, as the client gets it and as its own requests look when they come back to us. */
export interface Redirect {
  /** The value of Location: as written where that is a valid header value, else as WHATWG URL writes it. */
  readonly location: string;
  readonly url: URL;
  readonly target: RedirectTarget;
}

/** With its host right behind the slashes: of `https:///shop.example/`, clients make different things. */
const ABSOLUTE = /^https?:\/\/[^/\\?#]/i;

/** Printable ASCII but the backslash, which is a slash to browsers alone. */
const PLAIN = /^[\x21-\x5b\x5d-\x7e]+$/;

/** Reads `onDeny.redirect`. */
export function readRedirect(written: string): Redirect | { problem: string } {
  if (/[\s\p{Cc}]/u.test(written)) {
    return {
      problem: `expected a URL without white space and control characters, got ${quote(written)}; write %20 for a space`,
    };
  }
  const url = ABSOLUTE.test(written) ? URL.parse(written) : null;
  if (url === null) return { problem: `expected an absolute http:// or https:// URL, got ${quote(written)}` };
  return { location: PLAIN.test(written) ? written : url.href, url, target: targetOf(url) };
}

/** For the loop guard: same host and path, whatever scheme and port; the query counts only where there is one. */
function targetOf(url: URL): RedirectTarget {
  return {
    host: normaliseHost(url.host),
    path: normaliseTarget(url.pathname).path,
    query: url.search === '' ? undefined : normaliseQuery(url.search.slice(1)),
  };
}
