import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fromRoot } from '../../support/paths.js';
import type { LoopDelays } from './event-loop-probe.js';

/** Bytes of memory that a process has in use. */
export interface Memory {
  readonly now: number;
  /** Since the last call. */
  readonly peak: number;
}

/** A `refgate serve` that reports on itself. */
export class ProbedRefgate {
  readonly #child: ChildProcess;
  #grpc = '';
  #generation = 0;
  #onGeneration: () => void = () => undefined;
  /** Of the last load, as the log tells. */
  loadSeconds = 0;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  static async start(rules: string): Promise<ProbedRefgate> {
    const args = ['serve', '--rules', rules, '--grpc-listen', '127.0.0.1:0', '--http-listen', 'off'];
    const execArgv = ['--import', fromRoot('.build/test/bench/reload/event-loop-probe.js')];
    const child = fork(fromRoot('dist/main.js'), [...args, '--admin-listen', 'off', '--drain-seconds', '0'], {
      execArgv,
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    const refgate = new ProbedRefgate(child);
    await new Promise<void>((resolve, reject) => {
      child.once('exit', () => reject(new Error('refgate ended before it was ready')));
      const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
      lines.on('line', (line) => refgate.#hear(JSON.parse(line), resolve));
    });
    return refgate;
  }

  /** `host:port`. */
  get grpc(): string {
    return this.#grpc;
  }

  get generation(): number {
    return this.#generation;
  }

  /** Waits until rules of a later generation are in force. */
  async publishedAfter(generation: number): Promise<void> {
    while (this.#generation <= generation) {
      await new Promise<void>((resolve) => {
        this.#onGeneration = resolve;
      });
    }
  }

  /** The delays of its event loop since the last call. */
  async loopDelays(): Promise<LoopDelays> {
    const reported = once(this.#child, 'message');
    this.#child.send('report');
    return (await reported)[0] as LoopDelays;
  }

  /** From /proc (proc_pid_status(5)); writing 5 into `clear_refs` makes the peak what is in use now. */
  memory(): Memory {
    const { pid } = this.#child;
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const kibibytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]) * 1024;
    const memory = { now: kibibytes('VmRSS'), peak: kibibytes('VmHWM') };
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
    return memory;
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill();
    await ended;
  }

  #hear(line: { event: string; grpc?: string; generation?: number; load_seconds?: number }, ready: () => void): void {
    if (line.event === 'rules_published') {
      this.#generation = line.generation ?? 0;
      this.loadSeconds = line.load_seconds ?? 0;
      this.#onGeneration();
    }
    if (line.event !== 'ready') return;
    this.#grpc = line.grpc ?? '';
    ready();
  }
}
