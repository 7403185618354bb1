import { expect } from 'chai';
import { exchange } from '../support/http-exchange.js';
import { callUnder, type RunningShim, startShim } from '../support/http-shim.js';

/** What no proxy that is set up well would send. None may pass, least of all under `--default-action allow`. */
describe('an HTTP call that describes no request', () => {
  let shim: RunningShim;
  beforeEach(async () => {
    shim = await startShim({ defaultAction: 'allow' });
  });
  afterEach(() => shim.listener.drain(0));

  const nginx = ['X-Original-URI', '/a', 'X-Original-Host', 'images.example'];
  const forward = ['X-Forwarded-Uri', '/a', 'X-Forwarded-Host', 'images.example'];
  const good = ['Referer', 'http://good.example/'];
  const cases: readonly [what: string, path: string, headers: readonly string[]][] = [
    ['no header of its contract', '/authz/nginx', []],
    ['no URI', '/authz/nginx', ['X-Original-Host', 'images.example']],
    ['no host', '/authz/nginx', ['X-Original-URI', '/a']],
    ['an empty URI', '/authz/nginx', ['X-Original-URI', '', 'X-Original-Host', 'images.example']],
    ['an empty host', '/authz/nginx', ['X-Original-URI', '/a', 'X-Original-Host', '']],
    [
      'the other headers that a client can send',
      '/authz/nginx',
      ['X-Original-URL', '/a', 'X-Forwarded-Host', 'images.example'],
    ],
    ['two URIs', '/authz/nginx', [...nginx, 'X-Original-Uri', '/b']],
    ['two hosts', '/authz/nginx', [...nginx, 'x-original-host', 'free.example']],
    ['hosts in a list', '/authz/nginx', ['X-Original-URI', '/a', 'X-Original-Host', 'free.example,images.example']],
    ['two methods', '/authz/nginx', [...nginx, 'X-Original-Method', 'GET', 'X-Original-Method', 'OPTIONS']],
    ['two client addresses', '/authz/nginx', [...nginx, 'X-Real-IP', '192.0.2.1', 'X-Real-IP', '198.51.100.7']],
    ['an unreadable scheme', '/authz/nginx', [...nginx, 'X-Original-Proto', 'gopher']],
    [
      'a target that is no path',
      '/authz/nginx',
      ['X-Original-URI', 'images/a.jpg', 'X-Original-Host', 'images.example'],
    ],
    ['no header of its contract', '/authz/forward', []],
    ['the headers of another contract', '/authz/forward', nginx],
    ['no URI', '/authz/forward', ['X-Forwarded-Host', 'images.example']],
    ['no host', '/authz/forward', ['X-Forwarded-Uri', '/a']],
    ['two hosts', '/authz/forward', [...forward, 'X-Forwarded-Host', 'free.example']],
    [
      'hosts in a list',
      '/authz/forward',
      ['X-Forwarded-Uri', '/a', 'X-Forwarded-Host', 'free.example, images.example'],
    ],
    ['no path', '/authz/envoy', ['Host', 'images.example']],
    ['a query but no path', '/authz/envoy?x=/a', ['Host', 'images.example']],
    ['an empty host', '/authz/envoy/a', ['Host', '']],
    ['two hosts', '/authz/envoy/a', ['Host', 'images.example', 'Host', 'free.example']],
    ['a host with a space', '/authz/envoy/a', ['Host', 'images.example free.example']],
  ];

  for (const [what, path, headers] of cases) {
    it(`is denied and counted at ${path} with ${what}`, async () => {
      const answer = await exchange(shim.address, { path, headers: [...headers, ...good] });
      const adapter = path.split(/[/?]/)[2] ?? '';
      expect(answer.status).to.equal(adapter === 'nginx' ? 403 : 400);
      expect(answer.headers['cache-control']).to.equal('no-store');
      expect(answer.body).to.match(/^Bad authorization request: /);
      expect(shim.authorizer.badRequests).to.deep.equal([adapter]);
      expect(shim.authorizer.requests).to.deep.equal([]);
    });
  }

  it('is told of with the header that is wrong', async () => {
    await exchange(shim.address, { path: '/authz/nginx', headers: ['X-Original-Host', 'images.example'] });
    await exchange(shim.address, { path: '/authz/forward', headers: [...forward, 'X-Forwarded-Host', 'free.example'] });
    expect(shim.authorizer.problems).to.deep.equal([
      'x-original-uri is missing or empty',
      'x-forwarded-host came twice with different values',
    ]);
  });

  it('says to nginx what it is', async () => {
    const { headers } = await exchange(shim.address, { path: '/authz/nginx' });
    expect(headers).to.include({
      'x-refgate-policy': '',
      'x-refgate-reason': 'bad_request',
      'x-refgate-status': '400',
    });
  });

  it('is not one for a header that comes twice with the same value', async () => {
    await exchange(shim.address, { path: '/authz/nginx', headers: [...nginx, ...nginx] });
    expect(shim.authorizer.request.target).to.equal('/a');
  });

  const unknown = [
    '/',
    '/authz',
    '/authz/',
    '/authz/other',
    '/authz/nginx/',
    '/authz/forward/x',
    '/authz/envoyx/a',
    '*',
  ];
  for (const path of [
    ...unknown,
    '/authz/./nginx',
    '//authz/nginx',
    '/AUTHZ/nginx',
    '/authz%2fnginx',
    'http://x/authz/nginx',
  ]) {
    it(`is not found at ${path}`, async () => {
      const answer = await exchange(shim.address, { path, headers: [...nginx, ...forward, ...good] });
      expect(answer.status).to.equal(404);
      expect(answer.headers['cache-control']).to.equal('no-store');
      expect(shim.authorizer.badRequests).to.deep.equal(['http']);
    });
  }
});

describe('what a client can do to the call about it', () => {
  let shim: RunningShim;
  beforeEach(async () => {
    shim = await startShim();
  });
  afterEach(() => shim.listener.drain(0));

  it('its query, sent along by Caddy, says nothing', async () => {
    const { headers } = callUnder('forward', { host: 'images.example', target: '/a?b=c' });
    const path = '/authz/forward?url=/free&host=free.example&redirect_http_code=200&x-forwarded-uri=/free';
    const answer = await exchange(shim.address, { path, headers });
    expect(answer.status).to.equal(403);
    expect(shim.authorizer.request).to.include({ host: 'images.example', target: '/a?b=c' });
  });

  it('its path, sent along by Envoy, changes no contract', async () => {
    for (const target of ['/../nginx', '/..%2fforward', '/./', '/authz/nginx', '/?/../../forward']) {
      await exchange(shim.address, { path: `/authz/envoy${target}`, headers: ['Host', 'images.example'] });
      expect(shim.authorizer.requests.at(-1)?.target).to.equal(target);
    }
    expect(shim.authorizer.badRequests).to.deep.equal([]);
  });

  it('a method is GET and a scheme http where the proxy says none', async () => {
    await exchange(shim.address, {
      method: 'POST',
      path: '/authz/nginx',
      headers: callUnder('nginx', { host: 'h', target: '/', method: '' }).headers,
    });
    expect(shim.authorizer.request).to.include({ method: 'GET', scheme: 'http' });
  });

  it('a WebSocket handshake is an http request', async () => {
    for (const scheme of ['ws', 'wss']) {
      await exchange(shim.address, callUnder('forward', { host: 'images.example', target: '/', scheme }));
    }
    expect(shim.authorizer.requests.map(({ scheme }) => scheme)).to.deep.equal(['http', 'https']);
  });

  it('a Referer after 3,000 other headers is seen', async () => {
    const flood = Array.from({ length: 3_000 }, (_, at) => [`x${at}`, '']).flat();
    const { headers } = callUnder('nginx', {
      host: 'images.example',
      target: '/',
      headers: [...flood, 'Referer', 'a', 'Referer', 'b'],
    });
    await exchange(shim.address, { path: '/authz/nginx', headers });
    expect(shim.authorizer.request.headers.get('referer')).to.deep.equal(['a', 'b']);
  });
});

describe('the client address under each contract', () => {
  const described = { host: 'images.example', target: '/' };
  const list = ['X-Forwarded-For', '6.6.6.6, 203.0.113.7', 'X-Forwarded-For', '10.0.0.5'];
  const cases = [
    ['nginx', 0, [...list, 'X-Real-IP', '192.0.2.9'], '192.0.2.9'],
    ['nginx', 1, [...list, 'X-Real-IP', '192.0.2.9'], '10.0.0.5'],
    ['nginx', 2, [...list, 'X-Real-IP', '10.0.0.5'], '6.6.6.6'],
    ['nginx', 9, [...list, 'X-Real-IP', '192.0.2.9'], '192.0.2.9'],
    ['nginx', 0, list, ''],
    ['forward', 0, list, '10.0.0.5'],
    ['forward', 1, list, '203.0.113.7'],
    ['forward', 5, list, '10.0.0.5'],
    ['forward', 0, ['X-Real-IP', '6.6.6.6', 'Forwarded', 'for=6.6.6.6'], ''],
    ['forward', 1, ['X-Forwarded-For', '203.0.113.7, garbage'], ''],
    ['envoy', 0, list, '10.0.0.5'],
    ['envoy', 2, list, '6.6.6.6'],
    ['envoy', 0, ['X-Forwarded-For', '2001:db8::1'], '2001:db8::1'],
  ] as const;
  for (const [contract, trustedHops, headers, expected] of cases) {
    it(`is "${expected}" for ${contract} with ${trustedHops} trusted hops and ${headers.join(' ')}`, async () => {
      const shim = await startShim({ trustedHops });
      await exchange(shim.address, callUnder(contract, { ...described, headers }));
      expect(shim.authorizer.request.clientIp).to.equal(expected);
      await shim.listener.drain(0);
    });
  }
});
