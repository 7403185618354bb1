import { readFileSync } from 'node:fs';
import { type ClientHttp2Session, connect } from 'node:http2';
import { youngGenerationFlags } from '#refgate/cluster/young-generation.js';
import { fromRoot } from '../support/paths.js';
import { Prng } from '../support/prng.js';
import { machine } from './support/machine.js';
import { markdownTable } from './support/markdown.js';
import { zipf } from './support/referers.js';
import { type ServerProcess, startServerProcess } from './support/server-process.js';

/** Of each server: what V8 makes of a program differs from start to start by more than what is looked for. */
const starts = 5;
/** Short ones, so that what else the machine does falls on all servers alike; the first of them warm up. */
const rounds = 30;
const warmUps = 15;
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

const refgateArgs = ['serve', '--rules', fromRoot('deploy/rules'), '--grpc-listen', '127.0.0.1:0'];
const bare = [fromRoot('.build/test/bench/bare-server.js')];
const refgate = [fromRoot('dist/main.js'), ...refgateArgs, '--http-listen', 'off', '--admin-listen', 'off'];
const programs = {
  bare,
  'bare, same flags': [...youngGenerationFlags, ...bare],
  refgate: [...youngGenerationFlags, ...refgate],
};
type Name = keyof typeof programs;
const names = Object.keys(programs) as Name[];

/** One measurement of each server, taken one right after the other. */
type Round = Readonly<Record<Name, Measured>>;

async function start(name: Name): Promise<Target> {
  const server = await startServerProcess(programs[name], serverCpu);
  return { server, session: connect(`http://${server.address}`) };
}

/** Starts all servers, and measures them with each kind of Check. */
async function measure(into: ReadonlyMap<string, Round[]>): Promise<void> {
  const targets = new Map<Name, Target>();
  for (const name of names) targets.set(name, await start(name));
  for (const [kind, messages] of Object.entries(checks)) {
    for (let round = -warmUps; round < rounds; round++) {
      const measured = new Map<Name, Measured>();
      for (const [name, target] of targets) measured.set(name, await load(target, messages));
      if (round >= 0) into.get(kind)?.push(Object.fromEntries(measured) as Round);
    }
  }
  for (const { server, session } of targets.values()) {
    session.destroy();
    server.stop();
  }
}

function row(kind: string, measured: readonly Round[]): string[] {
  const of = (name: Name, key: keyof Measured) => median(measured.map((round) => round[name][key])).toFixed(0);
  const ratio = (to: Name, key: keyof Measured) =>
    `× ${median(measured.map((round) => round.refgate[key] / round[to][key])).toFixed(2)}`;
  return [
    kind,
    ...names.map((name) => of(name, 'cpuMicroseconds')),
    ratio('bare', 'cpuMicroseconds'),
    ratio('bare, same flags', 'cpuMicroseconds'),
    of('refgate', 'perSecond'),
    ratio('bare', 'perSecond'),
  ];
}

const measured = new Map(Object.keys(checks).map((kind) => [kind, [] as Round[]]));
for (let at = 0; at < starts; at++) await measure(measured);

const head = [
  'Check',
  ...names.map((name) => `${name}, CPU µs`),
  'refgate to bare',
  'to the same flags',
  'refgate, checks/s',
  'to bare',
];
process.stdout.write(
  [
    '## Checks through gRPC',
    '',
    machine(),
    '',
    `refgate with the example rules and the flags of Node that docs/scaling.md advises, beside a grpc-js server whose handler ` +
      `decides nothing, as Node starts it and with the same flags. ${concurrency} streams on one connection; medians of ` +
      `${starts} starts × ${rounds} interleaved rounds of ${millisecondsEach} ms, servers on one core, the client on the ` +
      `other. The checks are those of one Chrome image request as Envoy 1.40.0 sent them, and the same for pictures on ` +
      `2,000 pages of 50 hosts, visited as by Zipf's law. Ratios are taken within a round, and their median is told.`,
    '',
    markdownTable(
      head,
      [...measured].map(([kind, rounds]) => row(kind, rounds)),
    ),
    '',
  ].join('\n'),
);
