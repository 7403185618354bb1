import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, type IncomingMessage, request as startRequest } from 'node:http';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ListenError } from '#refgate/transport/bind-server.js';
import { ConnectionCounts } from '../support/connection-settings.js';
import { eventually } from '../support/eventually.js';
import { exchange, exchangeBytes, openSocket, readToEnd } from '../support/http-exchange.js';
import { callUnder, type RunningShim, startShim } from '../support/http-shim.js';

const allowed = callUnder('envoy', {
  host: 'images.example',
  target: '/a',
  headers: ['Referer', 'http://good.example/'],
});
const start = 'GET /authz/envoy/a HTTP/1.1\r\nHost: images.example\r\nReferer: http://good.example/\r\n';

describe('connections to the HTTP shim', () => {
  let shim: RunningShim;
  beforeEach(async () => {
    shim = await startShim();
  });
  afterEach(() => shim.listener.drain(0));

  it('are kept between calls, without a header that Envoy would hand on to an HTTP/2 client', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const opened: Socket[] = [];
    for (let call = 0; call < 3; call++) {
      const sent = startRequest({ ...address(shim), path: allowed.path, headers: [...allowed.headers], agent });
      sent.on('socket', (socket) => opened.push(socket));
      sent.end();
      const [response] = (await once(sent, 'response')) as [IncomingMessage];
      response.resume();
      await once(response, 'end');
      expect(response.headers).not.to.have.any.keys('connection', 'keep-alive');
    }
    expect(new Set(opened).size).to.equal(1);
    agent.destroy();
  });

  it('are counted, and end at their age with an answer that says so', async () => {
    const counts = new ConnectionCounts();
    const aged = await startShim({}, undefined, { maxAgeSeconds: 0.1, observer: counts.observer });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const call = () => exchange(aged.address, { ...allowed, agent });
    expect((await call()).headers).not.to.have.property('connection');
    expect([counts.opened, counts.open]).to.deep.equal([1, 1]);
    await eventually(call, ({ status, headers }) => {
      expect(status).to.equal(200);
      return headers['connection'] === 'close';
    });
    expect(counts.retired).to.deep.equal(['age']);
    expect((await call()).headers).not.to.have.property('connection');
    expect([counts.opened, counts.retired.length]).to.deep.equal([2, 1]);
    agent.destroy();
    await aged.listener.drain(0);
    expect(counts.open).to.equal(0);
  });

  it('are kept after a call with a body, and a pipelined call is answered in its turn', async () => {
    const body = `POST${start.slice(3)}Content-Length: 5\r\n\r\nhello`;
    const text = await exchangeBytes(shim.address, `${body}${body}${start}Connection: close\r\n\r\n`);
    expect(text.match(/HTTP\/1\.1 200 OK/g)).to.have.length(3);
  });

  it('are answered before a large body has come in', async () => {
    const call = { ...allowed, method: 'POST', body: Buffer.alloc(4 * 1024 * 1024) };
    expect((await exchange(shim.address, call)).status).to.equal(200);
  });

  it('are cut by a body without end', async () => {
    const socket = await openSocket(shim.address);
    socket.on('error', () => undefined);
    socket.write(`POST${start.slice(3)}Content-Length: 999999999999\r\n\r\n`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).to.match(/^HTTP\/1\.1 200 /);
    const cut = new Promise((resolve) => {
      socket.once('close', resolve);
    });
    const flood = () => {
      while (!socket.destroyed && socket.write(Buffer.alloc(64 * 1024)));
    };
    socket.on('drain', flood);
    flood();
    await cut;
  });

  it('end after an Expect header, which is answered at once', async () => {
    for (const expectation of ['100-continue', 'something-else']) {
      const text = await exchangeBytes(
        shim.address,
        `PUT${start.slice(3)}Expect: ${expectation}\r\nContent-Length: 9\r\n\r\n`,
      );
      expect(text).to.match(/^HTTP\/1\.1 200 OK\r\n/);
      expect(text).to.match(/connection: close/i);
    }
  });

  it('take an Upgrade header for a header', async () => {
    const evil = 'GET /authz/envoy/a HTTP/1.1\r\nHost: images.example\r\nReferer: http://evil.example/\r\n';
    const text = await exchangeBytes(shim.address, `${evil}Upgrade: websocket\r\nConnection: Upgrade, close\r\n\r\n`);
    expect(text).to.match(/^HTTP\/1\.1 403 /);
  });

  it('take HTTP/1.0', async () => {
    const call = start.replace('HTTP/1.1', 'HTTP/1.0');
    expect(await exchangeBytes(shim.address, `${call}\r\n`)).to.match(/^HTTP\/1\.1 200 /);
  });

  it('judge a call without Host by its contract', async () => {
    const nginx =
      'GET /authz/nginx HTTP/1.1\r\nX-Original-URI: /a\r\nX-Original-Host: images.example\r\nReferer: good\r\n';
    expect(await exchangeBytes(shim.address, `${nginx}Connection: close\r\n\r\n`)).to.match(/^HTTP\/1\.1 200 /);
    const envoy = 'GET /authz/envoy/a HTTP/1.1\r\nReferer: good\r\nConnection: close\r\n\r\n';
    expect(await exchangeBytes(shim.address, envoy)).to.match(/^HTTP\/1\.1 400 /);
  });

  it('take 60 KiB of headers', async () => {
    const long = ['Referer', `http://good.example/${'x'.repeat(60 * 1024)}`];
    const answer = await exchange(
      shim.address,
      callUnder('nginx', { host: 'images.example', target: '/', headers: long }),
    );
    expect(answer.status).to.equal(200);
  });

  const unreadable: readonly [what: string, bytes: string][] = [
    ['70 KiB of headers', `${start}Cookie: ${'x'.repeat(70 * 1024)}\r\n\r\n`],
    ['a megabyte of headers', `${start}${`Cookie: ${'x'.repeat(1000)}\r\n`.repeat(1000)}\r\n`],
    ['a control character in a value', `${start}X-A: \x01\r\n\r\n`],
    ['a header without a colon', `${start}nonsense\r\n\r\n`],
    ['a length and a transfer coding', `${start}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`],
    ['an unknown method', start.replace('GET', 'JUMP').concat('\r\n')],
    ['no HTTP', 'hello\r\n\r\n'],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['CONNECT', 'CONNECT images.example:443 HTTP/1.1\r\nHost: images.example\r\nReferer: good\r\n\r\n'],
  ];
  for (const [what, bytes] of unreadable) {
    it(`are refused with 403 and closed for ${what}`, async () => {
      const text = await exchangeBytes(shim.address, bytes);
      expect(text)
        .to.match(/^HTTP\/1\.1 403 Forbidden\r\n/)
        .and.to.match(/\r\n\r\nForbidden\n$/);
      expect(shim.authorizer.badRequests).to.deep.equal(['http']);
      expect(shim.authorizer.requests).to.deep.equal([]);
    });
  }

  it('may be left by a client in the middle of a call', async () => {
    const socket = await openSocket(shim.address);
    socket.write(`POST${start.slice(3)}Content-Length: 100\r\n\r\nhalf`);
    await once(socket, 'data');
    socket.resetAndDestroy();
    expect((await exchange(shim.address, allowed)).status).to.equal(200);
  });
});

describe('draining the HTTP shim', () => {
  it('answers a call whose headers are half in, says connection: close, and accepts no more', async () => {
    const shim = await startShim();
    const idle = await keptConnection(shim.address);
    const unused = await openSocket(shim.address);
    const half = await openSocket(shim.address);
    half.write(start);
    await exchange(shim.address, allowed);
    const drained = shim.listener.drain(10_000);
    const whole = readToEnd(half);
    await Promise.all([once(idle, 'close'), closed(unused)]);
    half.write('\r\n');
    expect(await whole)
      .to.match(/^HTTP\/1\.1 200 OK\r\n/)
      .and.to.match(/connection: close/i);
    await drained;
    const refused = await exchange(shim.address, allowed).catch((error: NodeJS.ErrnoException) => error.code);
    expect(refused).to.equal('ECONNREFUSED');
  });

  it('loses no call that had reached the machine', async () => {
    const shim = await startShim();
    const kept = await keptConnection(shim.address);
    const fresh = await openSocket(shim.address);
    kept.write(`${start}\r\n`);
    fresh.write(`${start}\r\n`);
    const answers = Promise.all([readToEnd(kept), readToEnd(fresh)]);
    await shim.listener.drain(10_000);
    for (const answer of await answers) expect(answer).to.match(/^HTTP\/1\.1 200 OK\r\n/);
  });

  it('answers the first request of a connection that was made before, though it comes after', async () => {
    const shim = await startShim();
    const fresh = await openSocket(shim.address);
    const drained = shim.listener.drain(10_000);
    await eventually(
      () =>
        openSocket(shim.address).then(
          (late) => late.destroy(),
          () => undefined,
        ),
      (late) => late === undefined,
    );
    fresh.write(`${start}\r\n`);
    expect(await readToEnd(fresh))
      .to.match(/^HTTP\/1\.1 200 OK\r\n/)
      .and.to.match(/connection: close/i);
    await drained;
  });

  it('cuts what has not ended at the deadline', async () => {
    const shim = await startShim();
    const half = await openSocket(shim.address);
    half.on('error', () => undefined);
    half.write(start);
    await exchange(shim.address, allowed);
    await shim.listener.drain(20);
    if (!half.closed) await once(half.resume(), 'close');
  });

  it('can be announced: still open, but each answer ends its connection', async () => {
    const shim = await startShim();
    shim.listener.retire();
    expect((await exchange(shim.address, allowed)).headers['connection']).to.equal('close');
    await shim.listener.drain(0);
    await shim.listener.drain(0);
  });
});

describe('binding the HTTP shim', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'refgate-http-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('tells the port that the system chose', async () => {
    const shim = await startShim();
    expect(shim.address).to.match(/^127\.0\.0\.1:[1-9]\d+$/);
    await shim.listener.drain(0);
  });

  it('says which address is in use', async () => {
    const shim = await startShim();
    const port = Number(shim.address.split(':')[1]);
    const error: unknown = await startShim({}, { kind: 'tcp', host: '127.0.0.1', port }).catch(
      (caught: unknown) => caught,
    );
    expect(error).to.be.instanceOf(ListenError).and.to.include({ code: 'EADDRINUSE', address: shim.address });
    expect((error as Error).message).to.equal(
      `cannot listen on ${shim.address}: the address is in use already (EADDRINUSE)`,
    );
    await shim.listener.drain(0);
  });

  it('serves on a Unix socket, takes over a dead one, leaves a live one, and removes its own', async () => {
    const path = join(folder, 'shim.sock');
    await leaveSocketBehind(path);
    const shim = await startShim({}, { kind: 'unix', path });
    expect(shim.address).to.equal(`unix:${path}`);
    const second: unknown = await startShim({}, { kind: 'unix', path }).catch((caught: unknown) => caught);
    expect(second).to.be.instanceOf(ListenError).and.to.include({ code: 'EADDRINUSE' });
    expect((await exchange(shim.address, { ...allowed, path: '/authz/envoy/a' })).status).to.equal(200);
    await shim.listener.drain(0);
    expect(existsSync(path)).to.equal(false);
  });

  it('says that the folder of a Unix socket may be missing', async () => {
    const listen = { kind: 'unix', path: join(folder, 'missing/shim.sock') } as const;
    const error: unknown = await startShim({}, listen).catch((caught: unknown) => caught);
    expect((error as Error).message).to.contain("the socket's folder does not exist");
  });

  it('does not take a file for a dead socket', async () => {
    const path = join(folder, 'precious.txt');
    writeFileSync(path, 'precious');
    const error: unknown = await startShim({}, { kind: 'unix', path }).catch((caught: unknown) => caught);
    expect(error).to.be.instanceOf(ListenError);
    expect(existsSync(path)).to.equal(true);
  });
});

function address({ address: text }: RunningShim): { host: string; port: number } {
  const [host = '', port = ''] = text.split(':');
  return { host, port: Number(port) };
}

/** A connection that has had one call answered and is idle now. */
async function keptConnection(to: string): Promise<Socket> {
  const socket = await openSocket(to);
  socket.write(`${start}\r\n`);
  await once(socket, 'data');
  return socket;
}

async function closed(socket: Socket): Promise<void> {
  if (!socket.closed) await once(socket.resume(), 'close');
}

/** A socket file whose process has been killed. */
async function leaveSocketBehind(path: string): Promise<void> {
  const script = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
  const { spawn } = await import('node:child_process');
  await once(spawn(process.execPath, ['--eval', script]), 'exit');
  expect(existsSync(path)).to.equal(true);
}
