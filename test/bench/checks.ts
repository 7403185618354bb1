import { readFileSync } from 'node:fs';
import { connect } from 'node:http2';
import { fromRoot } from '../support/paths.js';
import { machine } from './support/machine.js';
import { markdownTable } from './support/markdown.js';
import { type ServerProcess, startServerProcess } from './support/server-process.js';

const rounds = 7;
const secondsEach = 3;
/** Streams that are open at a time, as of a busy Envoy worker. */
const concurrency = 32;
const serverCpu = 0;

const checks = { 'all headers': 'check-1k', 'narrowed allowed_headers': 'check-1k-allowed' } as const;

interface Measured {
  readonly perSecond: number;
  readonly cpuMicroseconds: number;
}

/** Sends Checks over one HTTP/2 connection for a while, and tells how many were answered and what they cost. */
async function load(server: ServerProcess, message: Buffer): Promise<Measured> {
  const session = connect(`http://${server.address}`);
  const headers = {
    ':method': 'POST',
    ':path': '/envoy.service.auth.v3.Authorization/Check',
    'content-type': 'application/grpc',
    te: 'trailers',
    'grpc-timeout': '200m',
  };
  let answered = 0;
  const cpuBefore = server.cpuMicroseconds();
  const end = performance.now() + secondsEach * 1_000;
  const one = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const stream = session.request(headers);
      stream.on('error', reject).on('end', () => resolve());
      stream.resume().end(message);
    });
  const loop = async (): Promise<void> => {
    while (performance.now() < end) {
      await one();
      answered++;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, loop));
  session.close();
  return { perSecond: answered / secondsEach, cpuMicroseconds: (server.cpuMicroseconds() - cpuBefore) / answered };
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

async function compare(bytes: Buffer, servers: Readonly<Record<'bare' | 'refgate', ServerProcess>>) {
  const bare: Measured[] = [];
  const refgate: Measured[] = [];
  // The first round warms up and is not counted.
  for (let round = 0; round <= rounds; round++) {
    const pair = [await load(servers.bare, bytes), await load(servers.refgate, bytes)] as const;
    if (round > 0) {
      bare.push(pair[0]);
      refgate.push(pair[1]);
    }
  }
  const ratios = (of: keyof Measured) => median(refgate.map((one, at) => one[of] / (bare[at] as Measured)[of]));
  return { bare, refgate, cpu: ratios('cpuMicroseconds'), speed: ratios('perSecond') };
}

function row(name: string, { bare, refgate, cpu, speed }: Awaited<ReturnType<typeof compare>>): string[] {
  const of = (runs: readonly Measured[], key: keyof Measured) => median(runs.map((run) => run[key])).toFixed(0);
  return [
    name,
    of(bare, 'cpuMicroseconds'),
    of(refgate, 'cpuMicroseconds'),
    `× ${cpu.toFixed(2)}`,
    of(bare, 'perSecond'),
    of(refgate, 'perSecond'),
    `× ${speed.toFixed(2)}`,
  ];
}

const refgateArgs = ['serve', '--rules', fromRoot('deploy/rules'), '--grpc-listen', '127.0.0.1:0'];
const servers = {
  bare: await startServerProcess([fromRoot('.build/test/bench/bare-server.js')], serverCpu),
  refgate: await startServerProcess(
    [fromRoot('dist/main.js'), ...refgateArgs, '--http-listen', 'off', '--admin-listen', 'off'],
    serverCpu,
  ),
};
const rows: string[][] = [];
for (const [name, file] of Object.entries(checks)) {
  rows.push(row(name, await compare(readFileSync(fromRoot(`test/fixtures/checks/${file}.bin`)), servers)));
}
for (const server of Object.values(servers)) server.stop();

const head = ['Check', 'bare, CPU µs', 'refgate, CPU µs', 'ratio', 'bare, checks/s', 'refgate, checks/s', 'ratio'];
process.stdout.write(
  [
    '## Checks through gRPC',
    '',
    machine(),
    '',
    `refgate with the example rules beside a grpc-js server whose handler decides nothing; ${concurrency} streams on one ` +
      `connection; medians of ${rounds} interleaved rounds of ${secondsEach} s, servers on one core, the client on the ` +
      `other. The checks are those of one Chrome image request as Envoy 1.40.0 sent them.`,
    '',
    markdownTable(head, rows),
    '',
  ].join('\n'),
);
