import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type ClientHttp2Session, connect, type IncomingHttpHeaders } from 'node:http2';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { status } from '@grpc/grpc-js';
import { expect } from 'chai';
import { ListenError } from '#refgate/transport/bind-server.js';
import { checkRequest } from '../support/grpc-check-request.js';
import { check, clientOf, startService } from '../support/grpc-service.js';

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

const CHECK_HEADERS = {
  ':method': 'POST',
  ':path': '/envoy.service.auth.v3.Authorization/Check',
  'content-type': 'application/grpc',
  te: 'trailers',
};

/** A message as gRPC frames it: not compressed, length, bytes. */
function frame(message: Buffer): Buffer {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}

/** Waits for the answer to a ping: before it the server has read everything that was sent. */
async function serverHasRead(session: ClientHttp2Session): Promise<void> {
  await once(session, 'connect');
  await new Promise<void>((resolve, reject) => {
    session.ping((error) => (error === null ? resolve() : reject(error)));
  });
}

describe('drain of the gRPC server', () => {
  it('answers a call whose request is still on its way', async () => {
    const { listener } = await startService();
    const session = connect(`http://${listener.address}`);
    const call = session.request(CHECK_HEADERS);
    const trailers = once(call, 'trailers') as Promise<[IncomingHttpHeaders]>;
    const message = frame(checkRequest());
    call.write(message.subarray(0, 20));
    await serverHasRead(session);

    const drained = listener.drain(60_000);
    await once(session, 'goaway');
    call.end(message.subarray(20));
    call.resume();
    expect((await trailers)[0]['grpc-status']).to.equal('0');
    await drained;
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
    const call = session.request(CHECK_HEADERS);
    // Not `once`, which rejects for the error that comes with it.
    const closed = new Promise<void>((resolve) => {
      session.on('close', () => resolve());
    });
    call.on('error', () => undefined);
    call.resume();
    session.on('error', () => undefined);
    call.write(frame(checkRequest()).subarray(0, 20));
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
