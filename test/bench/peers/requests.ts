import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CheckRequest } from '#refgate/gen/envoy/service/auth/v3/external_auth.js';
import { recordedCheck } from '../../support/grpc-recorded-checks.js';
import { Prng } from '../../support/prng.js';
import { siteName } from '../support/names.js';
import type { Protocol } from './peer.js';

/** Requests of a file, after which it begins again: more Referers than refgate's cache holds, so that each is new to it. */
const requestCount = 50_000;

/** One request in so many comes from a page that is not listed. */
const oneInStrange = 10;

/** A list of that many different names; the same ones for the same length. */
export function makeNames(count: number): string[] {
  const random = new Prng(count);
  const names = new Set<string>();
  for (let number = 0; names.size < count; number++) names.add(siteName(random, number));
  return [...names];
}

/** Files of the same requests in both protocols. */
export type RequestFiles = Readonly<Record<Protocol, string>>;

/** Writes files of requests for the load generator (`go/load/requests.go` has their form). */
export function writeRequests(folder: string, names: readonly string[]): RequestFiles {
  const random = new Prng(names.length);
  const pages = Array.from({ length: requestCount }, (_, number) => {
    const listed = number % oneInStrange !== 0;
    const host = listed ? `www.${random.pick(names)}` : `www.${strangeName(number)}`;
    return { listed, referer: `https://${host}/page-${number}` };
  });
  const write = (protocol: Protocol, encode: (referer: string) => Buffer): string => {
    const file = join(folder, `requests-${protocol}`);
    writeFileSync(file, Buffer.concat(pages.map(({ listed, referer }) => record(listed, encode(referer)))));
    return file;
  };
  return { grpc: write('grpc', checkFrom), http: write('http', requestFrom) };
}

/** A name that no list has. */
export function strangeName(number: number): string {
  return `strange-${number}.example.invalid`;
}

function record(allowed: boolean, request: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt8(allowed ? 1 : 0);
  head.writeUInt32BE(request.length, 1);
  return Buffer.concat([head, request]);
}

const recorded = CheckRequest.decode(recordedCheck('check-1k-allowed'));

/** The Check that a real Envoy sent, with another Referer, as a message of gRPC. */
export function checkFrom(referer: string): Buffer {
  recordedHttp().headers.set('referer', referer);
  const message = CheckRequest.encode(recorded).finish();
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

/** The request that the Check is about, for those that are the proxy themselves. */
export function requestFrom(referer: string): Buffer {
  const { method, path, host, headers } = recordedHttp();
  const lines = [...new Map([['host', host], ...headers, ['referer', referer]])];
  return Buffer.from(
    `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
  );
}

function recordedHttp() {
  const http = recorded.attributes?.request?.http;
  if (http === undefined) throw new Error('the recorded Check has no HTTP request');
  return http;
}
