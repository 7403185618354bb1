import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** `pipe`: `say` writes to the process; otherwise its stdin is empty. */
  readonly stdin?: 'pipe';
}

const running = new Set<StartedProcess>();

/** Ends what still runs, at once. A test that fails before it ends its processes would otherwise keep mocha waiting. */
export async function stopLeftovers(): Promise<void> {
  await Promise.all([...running].map((left) => left.stop('SIGKILL')));
}

/**
 * A child process whose output is kept as lines and can be awaited, so that no test sleeps until "it should be up".
 * A process that ends while a line is awaited fails that wait with everything it said.
 */
export class StartedProcess {
  readonly lines: string[] = [];
  readonly exited: Promise<number | NodeJS.Signals>;
  readonly #child: ChildProcess;
  readonly #listeners = new Set<() => void>();
  #ended: number | NodeJS.Signals | undefined;

  constructor(command: string, args: readonly string[], options: StartOptions = {}) {
    this.#child = spawn(command, args, {
      stdio: [options.stdin ?? 'ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...options.env },
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', (line) => this.#keep(line));
    }
    running.add(this);
    this.exited = new Promise((resolve) => {
      const end = (result: number | NodeJS.Signals): void => {
        running.delete(this);
        this.#ended = result;
        this.#wake();
        resolve(result);
      };
      this.#child.once('error', (error) => {
        this.#keep(String(error));
        end(127);
      });
      // `close` and not `exit`: by then every line has been read.
      this.#child.once('close', (code, signal) => end(code ?? signal ?? 0));
    });
  }

  get pid(): number {
    return this.#child.pid ?? -1;
  }

  get running(): boolean {
    return this.#ended === undefined;
  }

  /** Writes a line to the stdin of a process that was started with `stdin: 'pipe'`. */
  say(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Ends the process and waits for it; its exit code, or the signal that ended it. */
  stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | NodeJS.Signals> {
    this.kill(signal);
    return this.exited;
  }

  /** The first value that `read` finds in a line, of those already there from `from` on or of one that comes. */
  waitFor<T>(read: (line: string) => T | undefined, from = 0): Promise<T> {
    let next = from;
    return new Promise((resolve, reject) => {
      const look = (): void => {
        for (; next < this.lines.length; next++) {
          const found = read(this.lines[next] ?? '');
          if (found === undefined) continue;
          this.#listeners.delete(look);
          resolve(found);
          return;
        }
        if (this.#ended === undefined) return;
        this.#listeners.delete(look);
        reject(new Error(`the process ended (${this.#ended}) and said:\n${this.lines.join('\n')}`));
      };
      this.#listeners.add(look);
      look();
    });
  }

  #keep(line: string): void {
    this.lines.push(line);
    this.#wake();
  }

  #wake(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
