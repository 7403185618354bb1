import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** A server under measurement, in a process of its own. */
export interface ServerProcess {
  readonly address: string;
  /** Microseconds of processor time that it has used so far, user and system. */
  cpuMicroseconds(): number;
  stop(): void;
}

/** Starts a server on the given processor and waits for its `ready` line, which has the address under `grpc`. */
export async function startServerProcess(args: readonly string[], cpu: number): Promise<ServerProcess> {
  const child = spawn('taskset', ['-c', String(cpu), process.execPath, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const address = await readyAddress(child);
  return { address, cpuMicroseconds: () => cpuMicroseconds(child), stop: () => child.kill() };
}

async function readyAddress(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    const { event, grpc } = JSON.parse(line) as { event: string; grpc: string };
    if (event === 'ready') return grpc;
  }
  throw new Error('the server ended before it was ready');
}

/** The scheduler's own count, of each thread: `stat` counts in steps of 10 ms, a tenth of a short round. */
function cpuMicroseconds({ pid }: ChildProcess): number {
  let nanoseconds = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
  }
  return nanoseconds / 1_000;
}
