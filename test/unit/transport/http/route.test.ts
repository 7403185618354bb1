import { expect } from 'chai';
import { routeOf } from '#refgate/transport/http/route.js';

describe('routeOf', () => {
  const routes = [
    ['/authz/nginx', 'nginx', ''],
    ['/authz/nginx?a=/authz/forward', 'nginx', ''],
    ['/authz/forward?', 'forward', ''],
    ['/authz/envoy', 'envoy', ''],
    ['/authz/envoy?a', 'envoy', ''],
    ['/authz/envoy/', 'envoy', '/'],
    ['/authz/envoy/a/../b?c=/d', 'envoy', '/a/../b?c=/d'],
    ['/authz/envoy//authz/nginx', 'envoy', '//authz/nginx'],
  ] as const;
  for (const [url, adapter, rest] of routes) {
    it(`takes ${url} to ${adapter}`, () => {
      const route = routeOf(url);
      expect(route?.contract.adapter).to.equal(adapter);
      expect(route?.rest).to.equal(rest);
    });
  }

  for (const url of [
    '',
    '/',
    '/authz',
    '/authz/nginxx',
    '/authz/nginx/',
    '/authz/envoyx',
    '/a/authz/nginx',
    '?/authz/nginx',
  ]) {
    it(`knows no contract for "${url}"`, () => expect(routeOf(url)).to.equal(undefined));
  }
});
