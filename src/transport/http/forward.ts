import type { Contract } from './contract.js';

/**
 * Traefik ForwardAuth, Caddy `forward_auth`, APISIX forward-auth, Skipper, HAProxy's Lua auth-request. They hand any
 * answer but 2xx to the client as it is: status, headers and body.
 */
export const forwardContract: Contract = {
  adapter: 'forward',
  path: '/authz/forward',
  headers: {
    target: 'x-forwarded-uri',
    host: 'x-forwarded-host',
    method: 'x-forwarded-method',
    scheme: 'x-forwarded-proto',
    peer: undefined,
  },
  answersFor: 'client',
};
