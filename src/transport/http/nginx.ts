import type { Contract } from './contract.js';

/**
 * nginx `auth_request`, Angie, OpenResty. nginx takes 2xx for an allow and 401 and 403 for a deny; everything else,
 * 302 and 404 too, it turns into a 500. So a redirect is a 403 here, with `location` for the configuration to act on.
 */
export const nginxContract: Contract = {
  adapter: 'nginx',
  path: '/authz/nginx',
  headers: {
    target: 'x-original-uri',
    host: 'x-original-host',
    method: 'x-original-method',
    scheme: 'x-original-proto',
    peer: 'x-real-ip',
  },
  answersFor: 'proxy',
};
