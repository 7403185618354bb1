import { once } from 'node:events';
import { Agent } from 'node:http';
import { type ClientHttp2Session, connect, constants } from 'node:http2';
import { expect } from 'chai';
import { resetLimit } from '#refgate/transport/grpc/reset-limit.js';
import { ask } from '../support/ask.js';
import { envoyGrpc } from '../support/fronts.js';
import { serverHasRead } from '../support/grpc-call.js';
import { metricOf } from '../support/metric-of.js';
import { useChain } from './chain.js';

/** nghttp2 by itself lets a connection have 1,000 resets at once and 33 a second; Envoy has two connections here. */
const aborts = 6_000;
/** Of one client connection: beyond 500 Envoy takes it for an attack itself. */
const abortsAConnection = 200;
const steadyClients = 4;
const limitIsFixed = Object.keys(resetLimit(process.version).options).length === 0;

describe('clients that abort by the thousand, behind Envoy', function () {
  this.timeout(60_000);
  const chain = useChain(envoyGrpc);

  it('do no harm to the requests of others', async () => {
    const { front, refgate } = chain();
    const agent = new Agent({ keepAlive: true });
    const seen = new Set<number>();
    let done = false;
    const steady = Array.from({ length: steadyClients }, async () => {
      while (!done) {
        const answer = await ask(front.address, {
          target: '/images/logo.png',
          referers: ['https://shop.example/'],
          agent,
        });
        seen.add(answer.status);
      }
    });
    for (let sent = 0; sent < aborts; sent += abortsAConnection) await abortMany(front.address);
    done = true;
    await Promise.all(steady);
    agent.destroy();

    expect([...seen]).to.deep.equal([200]);
    expect(await metricOf(refgate.admin, 'refgate_grpc_calls_reset_total')).to.be.greaterThan(2_000);
    const retired = await metricOf(refgate.admin, 'refgate_connections_retired_total', 'reason="resets"');
    // Where nghttp2's limit can be set, a slow machine may take these in its stride.
    if (limitIsFixed) expect(retired).to.be.greaterThan(0);
  });
});

/** Opens a connection, and on it requests that are all taken back at once. */
async function abortMany(address: string): Promise<void> {
  const session = connect(`http://${address}`);
  await once(session, 'connect');
  for (let sent = 0; sent < abortsAConnection; sent += 20) {
    for (let request = 0; request < 20; request++) abortOne(session);
    await serverHasRead(session);
  }
  session.destroy();
}

function abortOne(session: ClientHttp2Session): void {
  const headers = { ':path': '/images/a.jpg', ':authority': 'cdn.shop.example', referer: 'https://shop.example/' };
  const stream = session.request(headers);
  stream.on('error', () => undefined);
  stream.close(constants.NGHTTP2_CANCEL);
}
