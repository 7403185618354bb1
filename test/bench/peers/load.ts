import { cores } from './cores.js';
import type { Protocol } from './peer.js';
import { startPinned } from './pinned-process.js';
import { cpuMicroseconds } from './process-cost.js';

/** What is sent to whom. */
export interface Target {
  readonly address: string;
  readonly protocol: Protocol;
  readonly requests: string;
  /** The processes whose time is counted; none where only latencies are wanted. */
  readonly pid: number | undefined;
  /** Compare answers with those that are expected. */
  readonly verify: boolean;
}

/** How it is sent. */
export interface Pace {
  /** Requests a second; 0 keeps a number of them on their way. */
  readonly rate: number;
  readonly seconds: number;
}

/** What the generator printed (`go/load/run.go` says what each means), and the server's time. */
export interface Loaded {
  readonly answered: number;
  readonly denied: number;
  readonly failed: number;
  readonly wrong: number;
  readonly unanswered: number;
  readonly perSecond: number;
  /** Microseconds since the request was due. */
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
  /** The share of its core that the generator used. */
  readonly busy: number;
  /** Microseconds of processor time an answer. */
  readonly cpu: number;
}

/** Connections of HTTP/2, as of so many threads of an Envoy; connections of HTTP/1.1, which carry one request each. */
const connections: Readonly<Record<Protocol, number>> = { grpc: 4, http: 64 };

/** Loads a server for a while. Throws where an answer is not the expected one. */
export async function drive(generator: string, target: Target, { rate, seconds }: Pace): Promise<Loaded> {
  const { address, protocol, requests, pid, verify } = target;
  const cpuBefore = pid === undefined ? 0 : cpuMicroseconds(pid);
  const run = startPinned(cores.generator, generator, [
    ...['-address', address, '-protocol', protocol, '-requests', requests],
    ...['-connections', String(connections[protocol]), '-rate', String(rate)],
    ...['-seconds', String(seconds), `-verify=${verify}`],
  ]);
  const code = await run.exited;
  if (code !== 0) throw new Error(`the load generator ended (${code}): ${run.lines.join(' ')}`);
  const printed = JSON.parse(run.lines[0] ?? '') as Omit<Loaded, 'cpu'>;
  // Nobody is quick by being wrong. Calls that fail are another thing: a server that cannot keep up times out.
  if (printed.wrong > 0) throw new Error(`${address} answered ${printed.wrong} requests wrongly`);
  const used = pid === undefined ? Number.NaN : cpuMicroseconds(pid) - cpuBefore;
  return { ...printed, cpu: used / printed.answered };
}

/** Seconds after which a server is taken for warm, however few it answered. */
const warmAfter = 8;

/** A server answers nothing under load: one request takes it longer than they wait. */
export class TooSlowError extends Error {
  override readonly name = 'TooSlowError';
}

/**
 * Loads a server until it has answered so many. Calls may fail: a proxy in front of a cold server times out.
 *
 * @throws {TooSlowError} (as a rejection) when all of them have.
 */
export async function warmUp(generator: string, target: Target, checks: number): Promise<void> {
  let answered = 0;
  for (let second = 0; second < warmAfter && answered < checks; second++) {
    const loaded = await drive(generator, target, { rate: 0, seconds: 1 });
    answered += loaded.answered - loaded.failed;
  }
  if (answered === 0) throw new TooSlowError(`no request was answered in time in ${warmAfter} s of load`);
}
