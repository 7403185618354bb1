import { once } from 'node:events';
import { expect } from 'chai';
import type { ReloadStatus } from '#refgate/model/reload-event.js';
import type { Snapshot } from '#refgate/model/snapshot.js';
import { Metrics } from '#refgate/observe/metrics.js';
import { type Decide, explain as explainBy } from '#refgate/transport/admin/explain.js';
import { Readiness } from '#refgate/transport/admin/readiness.js';
import { type AdminListener, type AdminSources, startAdminServer } from '#refgate/transport/admin/server.js';
import { ListenError } from '#refgate/transport/bind-server.js';
import { decideByText } from '../support/http-authorizer.js';
import { exchange, openSocket } from '../support/http-exchange.js';
import { parseMetrics } from '../support/http-metrics.js';
import { snapshotOf } from '../support/http-snapshot.js';

const listen = { kind: 'tcp', host: '127.0.0.1', port: 0 } as const;

describe('the admin port', () => {
  let admin: AdminListener;
  let readiness: Readiness;
  let snapshot: Snapshot | undefined;
  let lastReload: ReloadStatus | undefined;
  let errors: unknown[];

  beforeEach(async () => {
    readiness = new Readiness(['rules', 'grpc']);
    snapshot = snapshotOf('allow');
    lastReload = { ok: true, at: new Date('2026-11-22T08:00:00Z'), errors: [] };
    errors = [];
    const sources: AdminSources = {
      version: '1.2.3',
      rules: () => snapshot,
      explain: async (request) => snapshot && explainBy(snapshot, decideByText, request),
      workers: () => [],
      lastReload: () => lastReload,
      readiness,
      metrics: new Metrics('1.2.3'),
      internalError: (error) => errors.push(error),
    };
    admin = await startAdminServer({ listen, sources });
  });
  afterEach(() => admin.drain(0));

  const get = async (path: string) => {
    const answer = await exchange(admin.address, { path });
    const isJson = String(answer.headers['content-type']).startsWith('application/json');
    return { ...answer, json: isJson ? JSON.parse(answer.body) : undefined };
  };
  const post = async (text: string, type = 'application/json') => {
    const headers = ['Content-Type', type];
    const answer = await exchange(admin.address, { method: 'POST', path: '/v1/explain', headers, body: text });
    return { ...answer, json: JSON.parse(answer.body) };
  };
  const explain = (query: Record<string, string>) => get(`/v1/explain?${new URLSearchParams(query)}`);

  it('says that the process is alive, ready or not', async () => {
    expect(await get('/healthz')).to.deep.include({ status: 200, json: { status: 'ok' } });
  });

  it('is ready when every part is up, until the end begins', async () => {
    const report = (status: string, waitingFor: string[], draining = false) => ({ status, waitingFor, draining });
    expect(await get('/readyz')).to.deep.include({ status: 503, json: report('not ready', ['rules', 'grpc']) });
    readiness.isUp('rules');
    expect(await get('/readyz')).to.deep.include({ status: 503, json: report('not ready', ['grpc']) });
    readiness.isUp('grpc');
    expect(await get('/readyz')).to.deep.include({ status: 200, json: report('ready', []) });
    lastReload = { ok: false, at: new Date(), errors: ['a.yaml:1:1: bad'] };
    expect(await get('/readyz')).to.include({ status: 200 });
    readiness.drains();
    expect(await get('/readyz')).to.deep.include({ status: 503, json: report('not ready', [], true) });
  });

  it('tells metrics in text that Prometheus reads', async () => {
    const answer = await get('/metrics');
    expect(answer.headers['content-type']).to.equal('text/plain; version=0.0.4; charset=utf-8');
    expect(new Map(parseMetrics(answer.body)).get('refgate_internal_errors_total')).to.equal(0);
  });

  it('tells its status', async () => {
    const { json } = await get('/v1/status');
    expect(json.uptimeSeconds).to.be.a('number').above(0);
    expect({ ...json, uptimeSeconds: 0 }).to.deep.equal({
      version: '1.2.3',
      generation: 7,
      loadedAt: '2026-11-22T08:00:00.000Z',
      policies: 6,
      entries: 5,
      lastReload: { ok: true, at: '2026-11-22T08:00:00.000Z', errors: [] },
      uptimeSeconds: 0,
      workers: [],
    });
  });

  it('tells what is wrong with rules that were not taken', async () => {
    lastReload = { ok: false, at: new Date(0), errors: ['a.yaml:3:5: policies[0].modus: unknown key'] };
    const { json } = await get('/v1/status');
    expect(json.lastReload).to.deep.equal({ ...lastReload, at: '1970-01-01T00:00:00.000Z' });
    expect(json.generation).to.equal(7);
  });

  it('has a status before any rules are loaded, but no explanation', async () => {
    snapshot = undefined;
    lastReload = undefined;
    expect((await get('/v1/status')).json).to.include({ generation: 0, policies: 0, loadedAt: null, lastReload: null });
    expect(await explain({ url: 'http://images.example/' })).to.include({ status: 503 });
  });

  it('explains a URL in the query', async () => {
    const { status, json } = await explain({ url: 'http://redirect.example/a', referer: 'http://evil.example/' });
    expect(status).to.equal(200);
    expect(json).to.deep.equal({
      decision: 'deny',
      reason: 'not_in_allow_list',
      policy: 'redirected',
      entry: '',
      mode: 'enforce',
      status: 302,
      location: 'https://shop.example/hotlink.png',
      headers: { 'cache-control': 'no-store', vary: 'referer, user-agent' },
      step: 6,
      passes: false,
      generation: 7,
      refererHost: '',
    });
  });

  it('tells an absent Referer from a blank one, and one from two', async () => {
    const asked: (readonly string[] | undefined)[] = [];
    const seen = async (query: string) => {
      await get(`/v1/explain?url=http://images.example/&${query}`);
    };
    await admin.drain(0);
    const decide: Decide = (current, request) => {
      asked.push(request.headers.get('referer'));
      return decideByText(current, request);
    };
    const metrics = new Metrics('0');
    const rules = snapshotOf('allow');
    const sources: AdminSources = {
      version: '0',
      rules: () => rules,
      explain: async (request) => explainBy(rules, decide, request),
      workers: () => [],
      lastReload: () => undefined,
      readiness,
      metrics,
      internalError: () => undefined,
    };
    admin = await startAdminServer({ listen, sources });
    await seen('');
    await seen('referer=');
    await seen('referer=a&referer=b');
    await seen('header=Referer:%20c&header=X-A:%201&method=POST&clientIp=192.0.2.1&policy=images');
    for (const referer of ['null', '""', '["a","b"]', '"a"']) {
      await post(`{"url":"http://images.example/","referer":${referer},"headers":{"x-a":["1","2"]}}`);
    }
    expect(asked).to.deep.equal([undefined, [''], ['a', 'b'], ['c'], undefined, [''], ['a', 'b'], ['a']]);
  });

  it('explains a URL in a JSON body', async () => {
    const { status, json } = await post('{"url":"http://images.example/a","referer":"http://good.example/"}');
    expect(status).to.equal(200);
    expect(json).to.deep.include({ decision: 'allow', status: 200, location: null, entry: '*.good.example' });
  });

  const badQueries = ['', 'url=', 'url=nonsense', 'url=http://h/&referrer=x', 'url=http://h/&url=http://i/'];
  for (const query of [
    ...badQueries,
    'url=http://h/&header=x',
    'url=http://h/&clientIp=x',
    'url=http://h/&method=a%20b',
  ]) {
    it(`says what is wrong with ?${query}`, async () => {
      const { status, json } = await get(`/v1/explain?${query}`);
      expect(status).to.equal(400);
      expect(json.problems).to.be.an('array').with.length.above(0);
    });
  }

  const badBodies = [
    '',
    '{',
    '[]',
    '{}',
    '{"url":1}',
    '{"url":"http://h/","__proto__":{}}',
    '{"url":"http://h/","x":1}',
  ];
  for (const body of [...badBodies, '{"url":"http://h/","headers":["a"]}', `{"url":"${'x'.repeat(2_000_000)}"}`]) {
    it(`says what is wrong with ${body.slice(0, 40)}`, async () => {
      const { status, json } = await post(body);
      expect(status).to.equal(body.length > 1_000_000 ? 413 : 400);
      expect(json.problems).to.be.an('array').with.length.above(0);
    });
  }

  it('refuses a body that is no JSON, and an address that it does not serve', async () => {
    expect(await post('url=x', 'text/html')).to.include({ status: 415 });
    const missing = await get('/v2/x?secret=1');
    expect(missing).to.include({ status: 404 });
    expect(missing.json).to.deep.equal({ problems: ['GET /v2/x is not served here; GET / lists what is'] });
    const unreadable = await get('/%ff');
    expect(unreadable).to.include({ status: 400 });
    expect(unreadable.json.problems).to.be.an('array').with.lengthOf(1);
  });

  it('answers 500 to a fault of our own, without telling it to the caller', async () => {
    const { status, body } = await explain({ url: 'http://images.example/', referer: 'broken' });
    expect(status).to.equal(500);
    expect(body).not.to.include('fault of our own');
    expect(errors).to.have.length(1);
  });

  it('lists its addresses', async () => {
    const { status, body } = await get('/');
    expect(status).to.equal(200);
    for (const path of ['/healthz', '/readyz', '/metrics', '/v1/status', '/v1/explain']) {
      expect(body).to.match(new RegExp(`GET +${path} +\\S`));
    }
  });

  it('forbids caches to keep its answers', async () => {
    for (const path of ['/', '/healthz', '/readyz', '/metrics', '/v1/status', '/nowhere']) {
      expect((await get(path)).headers['cache-control'], path).to.equal('no-store');
    }
  });

  it('ends at once, idle connections included', async () => {
    const idle = await openSocket(admin.address);
    const used = await openSocket(admin.address);
    used.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(used, 'data');
    const ends = [idle, used].map((socket) => once(socket.resume(), 'close'));
    await admin.drain(10_000);
    await Promise.all(ends);
  });

  it('says which address is in use', async () => {
    const port = Number(admin.address.split(':')[1]);
    const sources = {} as AdminSources;
    const error: unknown = await startAdminServer({ listen: { ...listen, port }, sources }).catch((e: unknown) => e);
    expect(error).to.be.instanceOf(ListenError).and.to.include({ code: 'EADDRINUSE' });
  });
});
