import type { AuthzRequest } from '../model/authz-request.js';
import { normaliseHost } from '../referer/normalise-host.js';
import { normaliseTarget } from '../referer/normalise-target.js';
import { lowerCase, upperCase } from './usual-case.js';

/** A request in canonical spelling, so that no policy is escaped by writing the same request differently. */
export interface NormalRequest {
  /** Upper case: an origin that takes `get` for GET must not be reached around `methods: [GET]`. */
  readonly method: string;
  /** Lower case. Where the proxy sends none (gRPC itself as an ext_authz client, gRFC A92) it is taken for `http`. */
  readonly scheme: string;
  /** Lower case, punycode, without port and trailing dot; an absolute-form target gives its own. */
  readonly host: string;
  /** Decoded once, dot segments resolved, runs of slashes merged, without the query. */
  readonly path: string;
  /** As written, without the question mark; `undefined` without one. */
  readonly query: string | undefined;
}

/** Pure; the request itself is left as the proxy described it. */
export function normaliseRequest(request: AuthzRequest): NormalRequest {
  const target = normaliseTarget(request.target);
  return {
    method: upperCase(request.method) || 'GET',
    scheme: lowerCase(request.scheme) || 'http',
    host: target.host ?? normaliseHost(request.host),
    path: target.path,
    query: target.query,
  };
}
