import { readFileSync } from 'node:fs';
import { type ClientHttp2Session, connect } from 'node:http2';
import { youngGenerationFlags } from '#refgate/cluster/young-generation.js';
import { fromRoot } from '../support/paths.js';
import { Prng } from '../support/prng.js';
import { machine } from './support/machine.js';
import { markdownTable } from './support/markdown.js';
import { zipf } from './support/referers.js';
import { type ServerProcess, startServerProcess } from './support/server-process.js';

/** Short ones, so that what else the machine does falls on both servers alike; the first of them warm up. */
const rounds = 200;
const warmUps = 20;
const millisecondsEach = 100;
/** Streams that are open at a time, as of a busy Envoy worker. */
const concurrency = 32;
const serverCpu = 0;

const checks = {
  'all headers, one page': [recorded('check-1k')],
  'all headers, many pages': pages(recorded('check-1k')),
  'narrowed allowed_headers, one page': [recorded('check-1k-allowed')],
  'narrowed allowed_headers, many pages': pages(recorded('check-1k-allowed')),
};

function recorded(name: string): Buffer {
  return readFileSync(fromRoot(`test/fixtures/checks/${name}.bin`));
}

/** The same Check for other pictures of other pages of some hosts: none of them longer, so that the lengths still fit. */
function pages(check: Buffer): Buffer[] {
  const random = new Prng(1);
  const letters = (count: number) =>
    random.list(count, count, () => String.fromCharCode(random.integer(97, 122))).join('');
  const hosts = Array.from({ length: 50 }, () => letters(3));
  const drawn = Array.from({ length: 2_000 }, () => {
    const text = check
      .toString('latin1')
      .replaceAll('/www.shop.example/page', `/${random.pick(hosts)}.shop.example/${letters(4)}`);
    return Buffer.from(text.replaceAll('/images/a.jpg', `/images/${letters(1)}.jpg`), 'latin1');
  });
  const visited = zipf(drawn);
  return Array.from({ length: 10_000 }, () => visited(random));
}

interface Measured {
  readonly perSecond: number;
  readonly cpuMicroseconds: number;
}

interface Target {
  readonly server: ServerProcess;
  readonly session: ClientHttp2Session;
}

const headers = {
  ':method': 'POST',
  ':path': '/envoy.service.auth.v3.Authorization/Check',
  'content-type': 'application/grpc',
  te: 'trailers',
  'grpc-timeout': '200m',
};

/** Sends Checks over one HTTP/2 connection for a while, and tells how many were answered and what they cost. */
async function load({ server, session }: Target, messages: readonly Buffer[]): Promise<Measured> {
  let sent = 0;
  const cpuBefore = server.cpuMicroseconds();
  const start = performance.now();
  const end = start + millisecondsEach;
  const one = (message: Buffer): Promise<void> =>
    new Promise((resolve, reject) => {
      const stream = session.request(headers);
      stream.on('error', reject).on('end', () => resolve());
      stream.resume().end(message);
    });
  const loop = async (): Promise<void> => {
    while (performance.now() < end) await one(messages[sent++ % messages.length] as Buffer);
  };
  await Promise.all(Array.from({ length: concurrency }, loop));
  const seconds = (performance.now() - start) / 1_000;
  return { perSecond: sent / seconds, cpuMicroseconds: (server.cpuMicroseconds() - cpuBefore) / sent };
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

async function compare(messages: readonly Buffer[], targets: Readonly<Record<'bare' | 'refgate', Target>>) {
  const bare: Measured[] = [];
  const refgate: Measured[] = [];
  for (let round = -warmUps; round < rounds; round++) {
    const pair = [await load(targets.bare, messages), await load(targets.refgate, messages)] as const;
    if (round < 0) continue;
    bare.push(pair[0]);
    refgate.push(pair[1]);
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
    [
      ...youngGenerationFlags,
      fromRoot('dist/main.js'),
      ...refgateArgs,
      '--http-listen',
      'off',
      '--admin-listen',
      'off',
    ],
    serverCpu,
  ),
};
const rows: string[][] = [];
const target = (server: ServerProcess): Target => ({ server, session: connect(`http://${server.address}`) });
const targets = { bare: target(servers.bare), refgate: target(servers.refgate) };
for (const [name, messages] of Object.entries(checks)) rows.push(row(name, await compare(messages, targets)));
for (const { server, session } of Object.values(targets)) {
  session.destroy();
  server.stop();
}

const head = ['Check', 'bare, CPU µs', 'refgate, CPU µs', 'ratio', 'bare, checks/s', 'refgate, checks/s', 'ratio'];
process.stdout.write(
  [
    '## Checks through gRPC',
    '',
    machine(),
    '',
    `refgate with the example rules and the flags of Node that it comes with, beside a grpc-js server whose handler decides nothing; ${concurrency} streams on one ` +
      `connection; medians of ${rounds} interleaved rounds of ${millisecondsEach} ms, servers on one core, the client on the ` +
      `other. The checks are those of one Chrome image request as Envoy 1.40.0 sent them, and the same for pictures on ` +
      `2,000 pages of 50 hosts, visited as by Zipf's law.`,
    '',
    markdownTable(head, rows),
    '',
  ].join('\n'),
);
