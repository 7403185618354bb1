import { setTimeout as pause } from 'node:timers/promises';
import { StartedProcess } from '../../support/started-process.js';

/** Starts a program on the given processors. */
export function startPinned(cpus: string, command: string, args: readonly string[]): StartedProcess {
  // taskset becomes the program, so that the process is the program's own.
  return new StartedProcess('taskset', ['-c', cpus, command, ...args]);
}

/** Waits for a line of a process that has just been started; where it takes too long the process is ended. */
export async function firstLine<T>(
  started: StartedProcess,
  bound: number,
  read: (line: string) => T | undefined,
): Promise<T> {
  try {
    return await within(bound, 'the start', started.waitFor(read));
  } catch (error) {
    await started.stop('SIGKILL');
    throw error;
  }
}

/** Reads the `ready` line, which has the address under `grpc`. */
export function readyAddress(line: string): string | undefined {
  if (!line.includes('"event":"ready"')) return undefined;
  return (JSON.parse(line) as { readonly grpc: string }).grpc;
}

/** Reads the line that has a text in it. */
export function lineWith(text: string): (line: string) => true | undefined {
  return (line) => (line.includes(text) ? true : undefined);
}

/** Fails where something takes longer than the bound. */
export async function within<T>(seconds: number, what: string, work: Promise<T>): Promise<T> {
  const end = new AbortController();
  const late = pause(seconds * 1_000, undefined, { signal: end.signal }).then(
    () => Promise.reject(new Error(`${what} took more than ${seconds} s`)),
    // Aborted: the work was quicker, and its result is what counts.
    () => work,
  );
  try {
    return await Promise.race([work, late]);
  } finally {
    end.abort();
  }
}
