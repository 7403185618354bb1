import { readFileSync, readlinkSync } from 'node:fs';

/** What a process is known by that has none: where the system has no /proc. */
const UNKNOWN = 'unknown';

/**
 * A name that no other process has or will have on this machine: its number, when it started, which tells it from a
 * later one with that number, and where both count. Fit for a file name. `unknown`: the system does not tell.
 */
export function identityOfProcess(pid: number): string {
  const start = startOf(pid);
  return start === undefined || start === 'gone' ? UNKNOWN : [...namespaces(), pid, start].join('-');
}

/** Whether a process has ended for certain. Of what was seen from another container, nothing is certain here. */
export function hasEnded(identity: string): boolean {
  const own = namespaces();
  const [pidNamespace, timeNamespace, pid, start] = identity.split('-');
  if (start === undefined || own[0] !== pidNamespace || own[1] !== timeNamespace) return false;
  const now = startOf(Number(pid));
  return now !== undefined && now !== start;
}

/** In ticks since the machine started; `gone`: there is no such process; `undefined`: it cannot be told. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is the program's name in parentheses, which may hold anything; the start is the 22nd.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ESRCH' ? 'gone' : undefined;
  }
}

/** Of process numbers, and of the clock that starts are told by. */
function namespaces(): readonly [string, string] {
  return [namespace('pid'), namespace('time')];
}

function namespace(kind: 'pid' | 'time'): string {
  try {
    return readlinkSync(`/proc/self/ns/${kind}`).replace(/\D/g, '');
  } catch {
    return 'none';
  }
}
