import type { CompiledRules } from '../model/snapshot.js';
import { readsClientIp, readsScheme } from '../rules/request-parts-read.js';

/** Request headers in the keys that proxies have for them, each list complete: ready to be pasted. */
export interface HeaderLists {
  /** What the policies read, lower case. */
  readonly headers: readonly string[];
  /** `ExtAuthz` of Envoy, whatever its service. */
  readonly envoy: { readonly allowed_headers: { readonly patterns: readonly ExactPattern[] } };
  /** `envoyExtAuthzHttp` of Istio's MeshConfig. */
  readonly istio: { readonly includeRequestHeadersInCheck: readonly string[] };
  /** `extAuth` of Envoy Gateway's SecurityPolicy. */
  readonly envoyGateway: { readonly headersToExtAuth: readonly string[] };
}

interface ExactPattern {
  readonly exact: string;
  readonly ignore_case: true;
}

/**
 * What proxies must be told to send. Where they ask over HTTP, the client's address and the scheme are headers as well
 * (see the contract `/authz/envoy`), so rules that read those need their headers; Envoy's own configuration adds
 * X-Forwarded-Proto itself, as `deploy/envoy/http-service.yaml` does.
 */
export function headerLists(rules: CompiledRules): HeaderLists {
  const headers = [...rules.headersRead];
  const peer = rules.policies.some(readsClientIp) ? ['x-forwarded-for'] : [];
  const scheme = rules.policies.some(readsScheme) ? ['x-forwarded-proto'] : [];
  const overHttp = [...new Set([...headers, ...peer, ...scheme])];
  const ofEnvoy = [...new Set([...headers, ...peer])];
  return {
    headers,
    envoy: { allowed_headers: { patterns: ofEnvoy.map((exact) => ({ exact, ignore_case: true })) } },
    istio: { includeRequestHeadersInCheck: overHttp },
    envoyGateway: { headersToExtAuth: overHttp },
  };
}
