import { readdirSync, readFileSync } from 'node:fs';

/**
 * Microseconds of processor time, user and system, that a process and its descendants have used so far, all threads.
 * From `schedstat`, which counts nanoseconds; `stat` counts ticks of 10 ms.
 */
export function cpuMicroseconds(pid: number): number {
  return (
    sum(descendants(pid).flatMap(threads), (thread) => Number(readIfThere(`${thread}/schedstat`).split(' ')[0])) / 1e3
  );
}

/** Memory of a process and its descendants in MiB, shared pages divided among those who share them (PSS). */
export function memoryMiB(pid: number): number {
  return sum(descendants(pid), (each) => {
    const [, kibibytes] = /^Pss:\s+(\d+) kB$/m.exec(readIfThere(`/proc/${each}/smaps_rollup`)) ?? [];
    return Number(kibibytes ?? 0) / 1024;
  });
}

/** A process and all below it. */
export function descendants(pid: number): number[] {
  const parents = new Map(allProcesses().map((each) => [each, parentOf(each)]));
  const isBelow = (each: number | undefined): boolean =>
    each !== undefined && (each === pid || isBelow(parents.get(each)));
  return [...parents.keys()].filter(isBelow);
}

function allProcesses(): number[] {
  return readdirSync('/proc').map(Number).filter(Number.isInteger);
}

/** Field 4 of proc(5) `stat`, counted behind the command's closing bracket, since it may hold spaces. */
function parentOf(pid: number): number | undefined {
  const stat = readIfThere(`/proc/${pid}/stat`);
  const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  return parent > 0 ? parent : undefined;
}

function threads(pid: number): string[] {
  return namesIn(`/proc/${pid}/task`).map((thread) => `/proc/${pid}/task/${thread}`);
}

/** Processes and threads may end between the look at the folder and that at the file. */
function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function sum<T>(values: readonly T[], of: (value: T) => number): number {
  return values.reduce((total, value) => total + of(value), 0);
}
