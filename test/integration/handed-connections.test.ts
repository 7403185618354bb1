import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { createServer, type Server, type Socket } from 'node:net';
import { expect } from 'chai';
import { takeGrpcConnections } from '#refgate/transport/grpc/grpc-server.js';
import { HealthService } from '#refgate/transport/grpc/health-service.js';
import { takeHttpConnections } from '#refgate/transport/http/server.js';
import { unlimited } from '../support/connection-settings.js';
import { checkRequest } from '../support/grpc-check-request.js';
import { backendOf, check, clientOf } from '../support/grpc-service.js';
import { PredictableAuthorizer } from '../support/http-authorizer.js';
import { exchange, exchangeBytes, openSocket, readToEnd } from '../support/http-exchange.js';

const start = 'GET /authz/envoy/a HTTP/1.1\r\nHost: images.example\r\nReferer: http://good.example/\r\n';

describe('connections that something else accepts', () => {
  let accepting: Server;
  let address: string;

  /** Accepts as a process does that hands connections over: without reading. */
  async function accept(take: (connection: Socket) => void): Promise<void> {
    accepting = createServer({ pauseOnConnect: true }, (socket) => {
      take(socket);
      socket.resume();
    }).listen(0, '127.0.0.1');
    await once(accepting, 'listening');
    address = `127.0.0.1:${(accepting.address() as { port: number }).port}`;
  }

  afterEach(() => {
    accepting.close();
  });

  describe('over HTTP', () => {
    const startTaking = async () => {
      const taker = takeHttpConnections({ authorizer: new PredictableAuthorizer(), connections: unlimited });
      await accept(taker.take);
      return taker;
    };

    it('are answered, also when the client has ended its side', async () => {
      const taker = await startTaking();
      expect(await exchangeBytes(address, `${start}Connection: close\r\n\r\n`)).to.match(/^HTTP\/1\.1 200 OK/);
      const socket = await openSocket(address);
      socket.end(`${start}\r\n`);
      expect(await readToEnd(socket)).to.match(/^HTTP\/1\.1 200 OK/);
      await taker.drain(0);
    });

    it('are waited for in a drain while a call is in flight, and cut when idle', async () => {
      const taker = await startTaking();
      const idle = await openSocket(address);
      idle.write(`${start}\r\n`);
      await once(idle, 'data');
      const half = await openSocket(address);
      half.write(start);
      await exchange(address, { path: '/authz/envoy/a' });
      let isDrained = false;
      const drained = taker.drain(60_000).then(() => {
        isDrained = true;
      });
      await once(idle, 'close');
      expect(isDrained).to.equal(false);
      const whole = readToEnd(half);
      half.write('\r\n');
      expect(await whole).to.match(/^HTTP\/1\.1 200 OK.*connection: close/is);
      await drained;
    });

    it('are cut at the deadline of a drain', async () => {
      const taker = await startTaking();
      const half = await openSocket(address);
      half.on('error', () => undefined);
      half.write(start);
      await exchange(address, { path: '/authz/envoy/a' });
      await taker.drain(20);
      if (!half.closed) await once(half.resume(), 'close');
    });
  });

  describe('over gRPC', () => {
    const startTaking = async () => {
      const health = new HealthService();
      const taker = await takeGrpcConnections({
        backend: backendOf(),
        health,
        reflection: false,
        connections: unlimited,
      });
      await accept(taker.take);
      return taker;
    };

    it('are answered, and told to go away in a drain', async () => {
      const taker = await startTaking();
      const client = clientOf(address);
      expect(await check(client, checkRequest())).to.have.property('status');
      client.close();
      const session = connectHttp2(`http://${address}`);
      await once(session, 'remoteSettings');
      const told = once(session, 'goaway');
      await taker.drain(60_000);
      await told;
    });

    it('are cut at the deadline of a drain', async () => {
      const taker = await startTaking();
      const session = connectHttp2(`http://${address}`);
      session.on('error', () => undefined);
      const call = session.request({ ':method': 'POST', ':path': '/envoy.service.auth.v3.Authorization/Check' });
      call.on('error', () => undefined);
      call.resume();
      await once(session, 'remoteSettings');
      const closed = new Promise<void>((resolve) => {
        session.on('close', () => resolve());
      });
      await taker.drain(50);
      await closed;
    });
  });
});
