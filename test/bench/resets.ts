import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type ClientHttp2Session, connect } from 'node:http2';
import { setTimeout as pause } from 'node:timers/promises';
import { abortCall, beginCall, serverHasRead } from '../support/grpc-call.js';
import { fromRoot } from '../support/paths.js';
import { machine } from './support/machine.js';
import { markdownTable } from './support/markdown.js';
import { type ServerProcess, startServerProcess } from './support/server-process.js';

const aborts = 20_000;
const inFlight = 10;
/** Calls begun and taken back before the server is asked whether it has read them. */
const together = 20;
const serverCpu = 0;

/** A recorded Check, framed as gRPC frames it. */
const message = readFileSync(fromRoot('test/fixtures/checks/check-1k.bin'));

interface Storm {
  /** Connections that it took, the first one included. */
  readonly connections: number;
  /** Of calls that were begun before the storm on each of them, and finished when it ended or was over. */
  readonly lost: number;
  readonly begun: number;
  /** Of the server, for each call that was taken back. */
  readonly cpuMicroseconds: number;
}

/** Takes back thousands of calls, on as few connections as the server lets it. */
async function storm(server: ServerProcess): Promise<Storm> {
  const begun: Promise<string>[] = [];
  let connections = 0;
  const cpuBefore = server.cpuMicroseconds();
  for (let left = aborts; left > 0; ) {
    connections++;
    const session = connect(`http://${server.address}`);
    session.on('error', () => undefined);
    await once(session, 'connect');
    const calls = Array.from({ length: inFlight }, () => beginCall(session));
    for (const { stream, ended } of calls) {
      stream.write(message.subarray(0, 20));
      begun.push(ended);
    }
    left -= await abortMany(session, left);
    for (const { stream } of calls) stream.end(message.subarray(20));
    session.close();
  }
  const results = await Promise.all(begun);
  const cpuMicroseconds = (server.cpuMicroseconds() - cpuBefore) / aborts;
  return { connections, lost: results.filter((result) => result !== '0').length, begun: begun.length, cpuMicroseconds };
}

/** How many could be taken back before the server ended the connection. */
async function abortMany(session: ClientHttp2Session, most: number): Promise<number> {
  let sent = 0;
  for (; sent < most && !session.closed && !session.destroyed; sent += together) {
    for (let call = 0; call < together; call++) abortCall(session);
    await serverHasRead(session).catch(() => undefined);
  }
  return sent;
}

/** What an answered call costs the server, for comparison. */
async function answered(server: ServerProcess): Promise<number> {
  const session = connect(`http://${server.address}`);
  await once(session, 'connect');
  const cpuBefore = server.cpuMicroseconds();
  for (let sent = 0; sent < aborts; sent += together) {
    const calls = Array.from({ length: together }, () => beginCall(session));
    for (const { stream } of calls) stream.end(message);
    await Promise.all(calls.map(({ ended }) => ended));
  }
  session.close();
  return (server.cpuMicroseconds() - cpuBefore) / aborts;
}

const refgate = [
  fromRoot('dist/main.js'),
  ...['serve', '--rules', fromRoot('deploy/rules'), '--grpc-listen', '127.0.0.1:0'],
  ...['--http-listen', 'off', '--admin-listen', 'off', '--drain-seconds', '0'],
];
const servers = { 'bare grpc-js': [fromRoot('.build/test/bench/bare-server.js')], refgate };

console.log(`## Calls that are taken back\n\n${machine()}\n`);
console.log(
  `${aborts.toLocaleString('en')} calls, each reset as soon as it is sent, and ${inFlight} others open on each connection meanwhile.\n`,
);
const rows: string[][] = [];
for (const [name, args] of Object.entries(servers)) {
  const server = await startServerProcess(args, serverCpu);
  await answered(server);
  const { connections, lost, begun, cpuMicroseconds } = await storm(server);
  // So that the one does not wait for the other's connections.
  await pause(100);
  const call = await answered(server);
  server.stop();
  rows.push([name, `${connections}`, `${lost} of ${begun}`, cpuMicroseconds.toFixed(0), call.toFixed(0)]);
}
console.log(
  markdownTable(
    ['server', 'connections it took', 'other calls lost', 'CPU µs a reset call', 'CPU µs an answered one'],
    rows,
  ),
);
