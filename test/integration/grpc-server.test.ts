import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:http2';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { status } from '@grpc/grpc-js';
import { expect } from 'chai';
import { ListenError } from '#refgate/transport/bind-server.js';
import { eventually } from '../support/eventually.js';
import { beginCall, grpcFrame, serverHasRead } from '../support/grpc-call.js';
import { checkRequest } from '../support/grpc-check-request.js';
import { check, clientOf, startService } from '../support/grpc-service.js';
import { startHoldingRelay } from '../support/holding-relay.js';

describe('the address of the gRPC server', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'refgate-grpc-'));
  });

  after(() => rm(folder, { recursive: true }));

  /** Answers at the address that the listener reports, which proves that it is the real one. */
  async function answersAt(listen: string): Promise<string> {
    const { listener } = await startService({ listen });
    const client = clientOf(listener.address);
    expect(await check(client, checkRequest())).to.have.property('denied_response');
    client.close();
    await listener.drain(5000);
    return listener.address;
  }

  /** The code of the ListenError that starting here rejects with. */
  async function failureOf(listen: string): Promise<ListenError> {
    const failure = await startService({ listen }).catch((error: unknown) => error);
    return failure instanceof ListenError ? failure : expect.fail(`no ListenError but ${String(failure)}`);
  }

  it('is reported with the port that was given to it', async () => {
    expect(await answersAt('127.0.0.1:0')).to.match(/^127\.0\.0\.1:[1-9]\d+$/);
  });

  it('is in brackets for IPv6', async () => {
    expect(await answersAt('[::1]:0')).to.match(/^\[::1\]:[1-9]\d+$/);
  });

  it('may be a name', async () => {
    expect(await answersAt('localhost:0')).to.match(/^localhost:[1-9]\d+$/);
  });

  it('may be a Unix socket, whose file goes with the server', async () => {
    const path = join(folder, 'refgate.sock');
    expect(await answersAt(`unix:${path}`)).to.equal(`unix:${path}`);
    expect(existsSync(path)).to.equal(false);
  });

  it('takes over the socket file of a process that was killed', async () => {
    const path = join(folder, 'stale.sock');
    const script = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => console.log('up'))`;
    const killed = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(killed.stdout, 'data');
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    expect(existsSync(path)).to.equal(true);
    await answersAt(`unix:${path}`);
  });

  it('leaves a socket alone that somebody listens on', async () => {
    const path = join(folder, 'taken.sock');
    const other = createServer().listen(path);
    await once(other, 'listening');
    expect(await failureOf(`unix:${path}`)).to.include({ code: 'EADDRINUSE', address: `unix:${path}` });
    expect(existsSync(path)).to.equal(true);
    other.close();
  });

  it('leaves a file alone that is no socket', async () => {
    const path = join(folder, 'notes.txt');
    await writeFile(path, 'mine');
    expect(await failureOf(`unix:${path}`)).to.include({ code: 'EADDRINUSE' });
    expect(existsSync(path)).to.equal(true);
  });

  it('that is in use is an error that names it', async () => {
    const { listener } = await startService();
    const failure = await failureOf(listener.address);
    expect(failure).to.include({ code: 'EADDRINUSE', address: listener.address });
    expect(failure.message).to.include(listener.address);
    await listener.drain(5000);
  });

  it('that this machine does not have is an error', async () => {
    expect(await failureOf('192.0.2.1:0')).to.include({ code: 'EADDRNOTAVAIL' });
  });

  for (const listen of ['192.0.2.1:0', 'unix:/no/such/folder/x.sock']) {
    it(`that cannot be is an error: ${listen}`, async () => {
      expect(await failureOf(listen)).to.include({ address: listen });
    });
  }
});

describe('drain of the gRPC server', () => {
  it('answers a call whose request is still on its way', async () => {
    const { listener } = await startService();
    const session = connect(`http://${listener.address}`);
    await once(session, 'connect');
    const call = beginCall(session);
    const message = grpcFrame(checkRequest());
    call.stream.write(message.subarray(0, 20));
    await serverHasRead(session);

    const drained = listener.drain(60_000);
    await once(session, 'goaway');
    call.stream.end(message.subarray(20));
    expect(await call.ended).to.equal('0');
    await drained;
  });

  it('answers calls that were made before the client could hear of it', async () => {
    const { listener, told } = await startService();
    const relay = await startHoldingRelay(listener.address);
    const session = connect(`http://${relay.address}`);
    await once(session, 'connect');
    await serverHasRead(session);
    relay.hold();
    const drained = listener.drain(60_000);
    const calls = [beginCall(session), beginCall(session)];
    for (const { stream } of calls) stream.end(grpcFrame(checkRequest()));
    await eventually(
      () => Promise.resolve(told.requests.length),
      (decided) => decided === calls.length,
    );
    relay.release();
    expect(await Promise.all(calls.map(({ ended }) => ended))).to.deep.equal(['0', '0']);
    await drained;
    relay.close();
  });

  it('takes no new calls', async () => {
    const { listener } = await startService();
    await listener.drain(60_000);
    const client = clientOf(listener.address);
    expect(await check(client, checkRequest())).to.include({ code: status.UNAVAILABLE });
    client.close();
  });

  it('stops at the deadline what does not end by itself', async () => {
    const { listener } = await startService();
    const session = connect(`http://${listener.address}`);
    await once(session, 'connect');
    const { stream } = beginCall(session);
    // Not `once`, which rejects for the error that comes with it.
    const closed = new Promise<void>((resolve) => {
      session.on('close', () => resolve());
    });
    session.on('error', () => undefined);
    stream.write(grpcFrame(checkRequest()).subarray(0, 20));
    await serverHasRead(session);
    await listener.drain(50);
    await closed;
  });

  it('is not held up by idle connections', async () => {
    const { listener } = await startService();
    const client = clientOf(listener.address);
    await check(client, checkRequest());
    await listener.drain(60_000);
    client.close();
  });
});
