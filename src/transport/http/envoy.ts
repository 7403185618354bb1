import type { Contract } from './contract.js';

/**
 * Envoy's ext_authz `http_service` with `path_prefix: /authz/envoy`, alone or by way of Istio, Envoy Gateway and the
 * Gateway API. It repeats the client's method, Host, path and query, and takes exactly 200 for an allow.
 */
export const envoyContract: Contract = {
  adapter: 'envoy',
  path: '/authz/envoy',
  headers: {
    target: undefined,
    host: 'host',
    method: undefined,
    scheme: 'x-forwarded-proto',
    peer: undefined,
  },
  answersFor: 'client',
};
