import { once } from 'node:events';
import { type ClientHttp2Session, connect, constants } from 'node:http2';
import { setImmediate as turn } from 'node:timers/promises';
import { checkRequest } from '../../support/grpc-check-request.js';
import { count } from '../scene/scene.js';
import type { Fault } from './fault.js';

/** More than nghttp2 takes at once before it ends the connection (1,000, and 33 a second more). */
const calls = 1_500;

/** A proxy takes back its calls by the thousand on one connection: that connection may end by it, and no other. */
export const abortCalls: Fault = {
  name: 'abort-calls',
  claims: ['aborts'],
  explains: ['many_resets'],
  async strike(scene) {
    const session = connect(`http://${scene.steady.grpc}`);
    // The end of the connection while calls are under way is what is measured here, and no fault.
    session.on('error', () => undefined);
    await once(session, 'remoteSettings');
    count(scene, 'aborted calls', await abortUntilEnd(session));
    if (!(await isAlive(session))) count(scene, 'connections ended by aborted calls');
    session.destroy();
  },
};

/** The number of calls that were sent and taken back before the other side ended the connection. */
async function abortUntilEnd(session: ClientHttp2Session): Promise<number> {
  const bytes = frame(checkRequest());
  for (let sent = 0; sent < calls; sent++) {
    if (session.closed || session.destroyed) return sent;
    const stream = session.request({
      ':method': 'POST',
      ':path': '/envoy.service.auth.v3.Authorization/Check',
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    stream.on('error', () => undefined).resume();
    stream.end(bytes);
    await turn();
    stream.close(constants.NGHTTP2_CANCEL);
  }
  return calls;
}

/** Whether the other side, when it has read all of it, still answers on this connection. */
function isAlive(session: ClientHttp2Session): Promise<boolean> {
  return new Promise((resolve) => {
    session.once('close', () => resolve(false)).once('goaway', () => resolve(false));
    if (session.destroyed || !session.ping((error) => resolve(error === null))) resolve(false);
  });
}

/** A message as gRPC frames it: not compressed, its length, itself. */
function frame(message: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}
