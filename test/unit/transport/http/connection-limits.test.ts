import { expect } from 'chai';
import { limits, timeouts } from '#refgate/transport/http/connection-limits.js';

describe('connection limits of the HTTP shim', () => {
  it('outlast the connections that proxies keep: nginx 60 s, Traefik and Caddy 90 s', () => {
    expect(timeouts.keepAliveTimeout).to.be.at.least(95_000);
    expect(timeouts.headersTimeout).to.be.above(timeouts.keepAliveTimeout);
    expect(timeouts.requestTimeout).to.be.above(timeouts.headersTimeout);
  });

  it('take the 32 KiB of headers that nginx lets through', () => {
    expect(limits.maxHeaderSize).to.be.at.least(32 * 1024);
  });
});
