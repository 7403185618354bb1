import { request } from 'node:http';
import { connect } from 'node:http2';
import { setTimeout as pause } from 'node:timers/promises';
import type { Protocol, RunningPeer } from './peer.js';
import { within } from './pinned-process.js';
import { checkFrom } from './requests.js';

/** Milliseconds between two questions. */
const interval = 1;

/** Milliseconds after which no further change is begun. */
const enough = 15_000;

/** A page of a name that no list has until it is put there. */
const fresh = 'fresh-entry.example';
const referer = `https://www.${fresh}/page`;

/**
 * Puts a name on the list, takes it off again, and so on: milliseconds from each step until a new connection is
 * answered by the new list.
 */
export async function timesToEffect(
  peer: RunningPeer,
  { protocol, names, edits, bound }: { protocol: Protocol; names: readonly string[]; edits: number; bound: number },
): Promise<number[]> {
  const times: number[] = [];
  const begin = performance.now();
  for (let edit = 0; edit < edits && performance.now() - begin < enough; edit++) {
    const listed = edit % 2 === 0;
    const apply = await peer.prepare(listed ? [...names, fresh] : names);
    const start = performance.now();
    await within(
      bound,
      'a changed list',
      apply().then(() => untilAnswered(peer, protocol, listed)),
    );
    times.push(performance.now() - start);
  }
  return times;
}

/** Asks until it is answered at all, whatever the answer. */
export async function untilReady(peer: RunningPeer, protocol: Protocol): Promise<void> {
  while ((await allows(peer.address, protocol)) === undefined) await pause(interval);
}

async function untilAnswered(peer: RunningPeer, protocol: Protocol, wanted: boolean): Promise<void> {
  while ((await allows(peer.address, protocol)) !== wanted) await pause(interval);
}

/** Whether the page may embed; undefined where nobody answers. Over a new connection each time: nginx and Envoy leave old ones with the old list. */
function allows(address: string, protocol: Protocol): Promise<boolean | undefined> {
  return protocol === 'grpc' ? grpcAllows(address) : httpAllows(address);
}

function httpAllows(address: string): Promise<boolean | undefined> {
  return new Promise((resolve) => {
    const sent = request(`http://${address}/images/a.jpg`, { agent: false, headers: { referer } }, (response) => {
      response.resume().once('end', () => resolve((response.statusCode ?? 500) < 300));
    });
    sent.once('error', () => resolve(undefined)).end();
  });
}

function grpcAllows(address: string): Promise<boolean | undefined> {
  return new Promise((resolve) => {
    const session = connect(`http://${address}`);
    const chunks: Buffer[] = [];
    const stream = session.request({
      ':method': 'POST',
      ':path': '/envoy.service.auth.v3.Authorization/Check',
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    const fail = (): void => {
      session.destroy();
      resolve(undefined);
    };
    session.once('error', fail);
    stream.once('error', fail).on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.once('end', () => {
      session.close();
      resolve(isAllow(Buffer.concat(chunks)));
    });
    stream.end(checkFrom(referer));
  });
}

/** `status.code` of a CheckResponse behind the five bytes of gRPC: absent or 0 is an allow. */
function isAllow(answer: Buffer): boolean | undefined {
  if (answer.length === 0) return undefined;
  return !(answer[5] === 0x0a && (answer[6] ?? 0) > 1 && answer[7] === 0x08);
}
