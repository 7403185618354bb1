import { once } from 'node:events';
import { type ClientHttp2Session, connect } from 'node:http2';
import { connect as connectSocket } from 'node:net';
import { expect } from 'chai';
import { resetLimit } from '#refgate/transport/grpc/reset-limit.js';
import { ConnectionCounts, unlimited } from '../support/connection-settings.js';
import { eventually } from '../support/eventually.js';
import { abortCall, beginCall, grpcFrame, serverHasRead } from '../support/grpc-call.js';
import { checkRequest } from '../support/grpc-check-request.js';
import { check, clientOf, type RunningService, startService } from '../support/grpc-service.js';
import { startHoldingRelay } from '../support/holding-relay.js';

const message = grpcFrame(checkRequest());

/** A service that counts its connections; 0: they last for ever. */
async function startCounted(maxAgeSeconds: number): Promise<RunningService & { readonly counts: ConnectionCounts }> {
  const counts = new ConnectionCounts();
  const service = await startService({ connections: { ...unlimited, maxAgeSeconds, observer: counts.observer } });
  return { ...service, counts };
}

async function open(address: string): Promise<ClientHttp2Session> {
  const session = connect(`http://${address}`);
  session.on('error', () => undefined);
  await once(session, 'connect');
  return session;
}

describe('connections to the gRPC server', () => {
  it('may have as many calls at a time as the settings say', async () => {
    const { listener } = await startService({ connections: { ...unlimited, maxConcurrentStreams: 7 } });
    const session = connect(`http://${listener.address}`);
    const [settings] = (await once(session, 'remoteSettings')) as [{ readonly maxConcurrentStreams: number }];
    expect(settings.maxConcurrentStreams).to.equal(7);
    await listener.drain(60_000);
  });

  it('are counted while they are open', async () => {
    const { listener, counts } = await startCounted(0);
    const sessions = [await open(listener.address), await open(listener.address)];
    await Promise.all(sessions.map(serverHasRead));
    expect(counts.open).to.equal(2);
    for (const session of sessions) session.close();
    await eventually(
      () => Promise.resolve(counts.open),
      (left) => left === 0,
    );
    expect(counts.retired).to.deep.equal([]);
    await listener.drain(60_000);
  });

  it('end at their age, after the calls that were made before the client could hear of it', async () => {
    const { listener, counts, told } = await startCounted(0.2);
    const relay = await startHoldingRelay(listener.address);
    const session = await open(relay.address);
    await serverHasRead(session);
    relay.hold();
    await eventually(
      () => Promise.resolve(counts.retired.length),
      (retired) => retired === 1,
    );
    const calls = [beginCall(session), beginCall(session), beginCall(session)];
    for (const { stream } of calls) stream.end(message);
    await eventually(
      () => Promise.resolve(told.requests.length),
      (decided) => decided === calls.length,
    );
    const ended = new Promise((resolve) => {
      session.once('close', resolve);
    });
    relay.release();
    expect(await Promise.all(calls.map((call) => call.ended))).to.deep.equal(['0', '0', '0']);
    await ended;
    expect(counts.retired).to.deep.equal(['age']);
    relay.close();
    await listener.drain(60_000);
  });

  it('end at their age without a failed call to gRPC clients that call all the time', async () => {
    // The shortest age that the flag takes.
    const { listener, counts } = await startCounted(1);
    const ownConnection = { 'grpc.use_local_subchannel_pool': 1 };
    const clients = Array.from({ length: 4 }, () => clientOf(listener.address, ownConnection));
    const failures: unknown[] = [];
    const load = clients.map(async (client) => {
      while (counts.retired.length < 8) {
        const answer = await check(client, checkRequest());
        if (!('status' in answer)) failures.push(answer);
      }
    });
    await Promise.all(load);
    expect(failures).to.deep.equal([]);
    expect(counts.opened).to.be.at.least(8);
    for (const client of clients) client.close();
    await listener.drain(60_000);
  });
});

/** nghttp2 takes 1,000 at once where its limit cannot be set. */
const aborts = 3_000;
const limitIsFixed = Object.keys(resetLimit(process.version).options).length === 0;

describe('calls over gRPC that are taken back by the thousand', () => {
  it('lose no other call, since their connections are retired in time', async () => {
    const { listener, counts } = await startCounted(0);
    const others: Promise<string>[] = [];
    const goaways: number[] = [];
    const openAnother = async () => {
      const session = await open(listener.address);
      session.on('goaway', (code) => goaways.push(code));
      // Begun before the storm, and ended when the connection is to end or the storm is over.
      const { stream, ended } = beginCall(session);
      stream.write(message.subarray(0, 20));
      session.once('goaway', () => stream.end(message.subarray(20)));
      others.push(ended);
      return { session, finish: () => stream.writableEnded || stream.end(message.subarray(20)) };
    };
    let current = await openAnother();
    for (let sent = 0; sent < aborts; sent += 20) {
      if (current.session.closed) current = await openAnother();
      for (let call = 0; call < 20; call++) abortCall(current.session);
      await serverHasRead(current.session).catch(() => undefined);
    }
    current.finish();
    const results = await Promise.all(others);
    current.session.close();
    expect(new Set(results)).to.deep.equal(new Set(['0']));
    expect(goaways.filter((code) => code !== 0)).to.deep.equal([]);
    // Where nghttp2's limit can be set, a slow machine may take these in its stride.
    if (limitIsFixed) expect(counts.retired).to.include('resets');
    expect(counts.callsReset).to.be.greaterThan(aborts / 2);
    await listener.drain(60_000);
  });

  it('end the connection of a client that does not listen', async () => {
    const { listener, counts } = await startCounted(0);
    const socket = connectSocket(Number(listener.address.split(':')[1]), '127.0.0.1');
    socket.on('error', () => undefined).resume();
    const closed = new Promise((resolve) => {
      socket.once('close', resolve);
    });
    socket.write(Buffer.concat([Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), frame(4, 0, 0, [])]));
    let id = 1;
    const flood = () => {
      while (!socket.destroyed && socket.write(abortedCall(id))) id += 2;
    };
    socket.on('drain', flood);
    flood();
    await closed;
    await eventually(
      () => Promise.resolve(counts.open),
      (left) => left === 0,
    );
    await listener.drain(60_000);
  });
});

/** An HTTP/2 frame. */
function frame(type: number, flags: number, stream: number, payload: readonly number[]): Buffer {
  const header = Buffer.alloc(9);
  header.writeUIntBE(payload.length, 0, 3);
  header.writeUInt8(type, 3);
  header.writeUInt8(flags, 4);
  header.writeUInt32BE(stream, 5);
  return Buffer.concat([header, Buffer.from(payload)]);
}

/** HEADERS of `POST /` over http, with content-type: application/grpc, and at once RST_STREAM with CANCEL. */
function abortedCall(stream: number): Buffer {
  const contentType = [0x0f, 0x10, 16, ...Buffer.from('application/grpc')];
  return Buffer.concat([frame(1, 4, stream, [0x83, 0x86, 0x84, ...contentType]), frame(3, 0, stream, [0, 0, 0, 8])]);
}
