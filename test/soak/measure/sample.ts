import { readdirSync, readFileSync } from 'node:fs';
import { logged } from '../../support/logged.js';
import type { StartedProcess } from '../../support/started-process.js';

/** What a process holds at a moment, after its garbage was collected. */
export interface Sample {
  /** `performance.now()` of the test. */
  readonly at: number;
  /** Bytes: objects and what they own outside of V8's heap. */
  readonly held: number;
  /** Bytes. */
  readonly rss: number;
  readonly files: number;
  readonly threads: number;
}

interface Memory {
  readonly rss: number;
  readonly heapUsed: number;
  readonly external: number;
}

/** Takes a sample of a process that `collect-garbage` was loaded into. */
export async function sample(started: StartedProcess): Promise<Sample> {
  const from = started.lines.length;
  started.kill('SIGUSR2');
  const { rss, heapUsed, external } = (await logged(started, 'memory', from)) as unknown as Memory;
  return { at: performance.now(), held: heapUsed + external, rss, ...ofKernel(started.pid) };
}

function ofKernel(pid: number): Pick<Sample, 'files' | 'threads'> {
  const threads = /^Threads:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return { files: readdirSync(`/proc/${pid}/fd`).length, threads: Number(threads) };
}
