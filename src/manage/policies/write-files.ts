import { existsSync } from 'node:fs';
import { type FileChange, FileWrite } from './file-write.js';
import { describeWriteFailure, type ManagedFolder } from './managed-folder.js';

/** Files that are written and durable. */
export interface Written {
  readonly kind: 'written';
  /** Puts all back, durably; what somebody else has changed since stays. Throws where that fails. */
  undo(): Promise<void>;
  /** To be called when it shall stay. */
  finish(): void;
}

/** What came of writing. In all but the first case the files are as they were. */
export type WriteOutcome =
  | Written
  /** Somebody else has changed one of the files: what was to be written was made of something older. */
  | { readonly kind: 'overtaken' }
  | { readonly kind: 'unwritable'; readonly problem: string };

/** Writes all of some files, durably, or none. */
export async function writeFiles(changes: readonly FileChange[], folder: ManagedFolder): Promise<WriteOutcome> {
  const writes = changes.map((change) => new FileWrite(change, folder));
  try {
    await folder.make();
    if (folder.holdsLeftOvers) await folder.removeLeftOvers();
    await allOf(writes.map((write) => write.prepare()));
    if (!replaceAll(writes, folder)) return { kind: 'overtaken' };
    await folder.sync();
    return { kind: 'written', undo: () => undo(writes, folder), finish: () => discard(writes, folder) };
  } catch (error) {
    await undo(writes, folder);
    // The folder itself may be removed at any moment, and comes back with the next attempt.
    if (isGone(error)) return { kind: 'overtaken' };
    return { kind: 'unwritable', problem: `${folder.path} cannot be written: ${describeWriteFailure(error)}` };
  }
}

/** Waits for all, also when one fails: what is still under way could not be removed. */
async function allOf(tasks: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(tasks)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

/** In one turn, so that as little as can be falls between the look at each file and its rename. */
function replaceAll(writes: readonly FileWrite[], folder: ManagedFolder): boolean {
  if (folder.problem() === undefined && writes.every((write) => write.isUntouched())) {
    for (const write of writes) write.replace();
    return true;
  }
  discard(writes, folder);
  return false;
}

async function undo(writes: readonly FileWrite[], folder: ManagedFolder): Promise<void> {
  const replaced = writes.filter((write) => write.isReplaced);
  try {
    for (const write of replaced) write.putBack();
    if (replaced.length > 0) await folder.sync();
  } catch (error) {
    // Of a folder that somebody has removed, nothing of ours is left.
    if (!isGone(error)) throw error;
  }
  discard(writes, folder);
}

function isGone(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

/** In a folder that was moved away they stay, and come back with it. */
function discard(writes: readonly FileWrite[], folder: ManagedFolder): void {
  const done = writes.map((write) => write.discard());
  if (done.includes(false) || !existsSync(folder.path)) folder.holdsLeftOvers = true;
}
