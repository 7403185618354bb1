import { once } from 'node:events';
import { connect, createServer } from 'node:http2';
import { expect } from 'chai';
import { GrpcConnections } from '#refgate/transport/grpc/grpc-connections.js';
import { ConnectionCounts } from '../../../support/connection-settings.js';
import { listenOn } from '../../../support/listen-on.js';

describe('a retired connection', () => {
  it('is cut after its grace when a call on it does not end', async () => {
    const { observer, retired } = new ConnectionCounts();
    const resets = { burst: 1_000, perSecond: 33 };
    const connections = new GrpcConnections({ maxAgeSeconds: 0.05, resets, graceMs: 50, observer });
    const server = createServer();
    connections.follow(server);
    const session = connect(`http://${await listenOn(server, '127.0.0.1:0')}`);
    session.on('error', () => undefined);
    await once(session, 'connect');
    const stream = session.request({ ':method': 'POST' });
    const closed = new Promise<number>((resolve) => {
      stream.on('error', () => undefined).once('close', () => resolve(stream.rstCode));
    });
    expect(await closed).not.to.equal(0);
    expect(retired).to.deep.equal(['age']);
    await connections.drain(1_000);
  });
});
