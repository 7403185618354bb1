import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** A server under measurement, in a process of its own. */
export interface ServerProcess {
  readonly address: string;
  /** Microseconds of processor time that it has used so far, user and system. */
  cpuMicroseconds(): number;
  stop(): void;
}

/** Ticks a second of /proc/PID/stat: 100 on every Linux that Node runs on. */
const ticksPerSecond = 100;

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

/** Fields 14 and 15 of proc(5) `stat`, counted behind the command's closing bracket, since it may hold spaces. */
function cpuMicroseconds({ pid }: ChildProcess): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) / ticksPerSecond) * 1e6;
}
