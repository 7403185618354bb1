import { once } from 'node:events';
import { type ClientHttp2Session, connect, constants } from 'node:http2';
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';
import { hosts } from '../rules/rule-states.js';
import { count } from '../scene/scene.js';
import type { Fault } from './fault.js';

/** Fewer on a connection than those after which Envoy ends it (half of overload.premature_reset_total_stream_count). */
const requestsOfVisitor = 200;
const requestsOfPage = 20;
const visitors = 20;
/** Between two pages: a machine that is saturated by clients keeps no time limit, and that is not what is tried here. */
const betweenPagesMs = 10;

/** Visitors leave pages with many pictures at once, and their browsers cancel all requests that are under way. */
export const abortRequests: Fault = {
  name: 'abort-requests',
  claims: ['aborts'],
  explains: ['many_resets'],
  async strike(scene) {
    for (let visitor = 0; visitor < visitors; visitor++) {
      const session = connect(`http://${scene.envoy.address}`);
      await once(session, 'remoteSettings');
      await leavePages(session);
      count(scene, 'aborted requests', requestsOfVisitor);
    }
  },
};

async function leavePages(session: ClientHttp2Session): Promise<void> {
  for (let sent = 0; sent < requestsOfVisitor; sent += requestsOfPage) {
    const streams = Array.from({ length: requestsOfPage }, (_, at) => open(session, `/images/${sent + at}.jpg`));
    // When the requests are on their way, and before any answer can be.
    await turn();
    for (const stream of streams) stream.close(constants.NGHTTP2_CANCEL);
    await pause(betweenPagesMs);
  }
  const closed = once(session, 'close');
  session.close();
  await closed;
}

function open(session: ClientHttp2Session, path: string) {
  const stream = session.request({ ':path': path, ':authority': hosts.media, referer: 'https://partner.example/' });
  // A stream that is cancelled before it was sent says so.
  return stream.on('error', () => undefined).resume();
}
