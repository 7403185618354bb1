import { existsSync } from 'node:fs';
import { type FileChange, FileWrite } from './file-write.js';
import { describeWriteFailure, type ManagedFolder } from './managed-folder.js';
import { PinnedFolder } from './pinned-folder.js';

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
  let pinned: PinnedFolder;
  try {
    await folder.make();
    if (folder.holdsLeftOvers) await folder.removeLeftOvers();
    pinned = await PinnedFolder.open(folder.path);
  } catch (error) {
    return failureOf(error, folder);
  }
  return await writeInto(pinned, changes, folder);
}

/** The folder itself may be removed at any moment, and comes back with the next attempt. */
function failureOf(error: unknown, { path }: ManagedFolder): WriteOutcome {
  if (isGone(error)) return { kind: 'overtaken' };
  return { kind: 'unwritable', problem: `${path} cannot be written: ${describeWriteFailure(error)}` };
}

/** A folder that is moved away meanwhile may come back: what was written there and does not count must not stay. */
async function writeInto(
  pinned: PinnedFolder,
  changes: readonly FileChange[],
  folder: ManagedFolder,
): Promise<WriteOutcome> {
  const writes = changes.map((change) => new FileWrite(change, pinned.path));
  const place = { folder, pinned };
  try {
    await allOf(writes.map((write) => write.prepare()));
    const isReplaced = replaceAll(writes, folder);
    if (isReplaced) await pinned.sync();
    if (isReplaced && pinned.isAt(folder.path)) {
      return { kind: 'written', undo: () => undo(writes, place), finish: () => discard(writes, place) };
    }
  } catch (error) {
    await undo(writes, place);
    return failureOf(error, folder);
  }
  await undo(writes, place);
  return { kind: 'overtaken' };
}

/** Where files are written. */
interface Place {
  readonly folder: ManagedFolder;
  readonly pinned: PinnedFolder;
}

/** Waits for all, also when one fails: what is still under way could not be removed. */
async function allOf(tasks: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(tasks)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

/** In one turn, so that as little as can be falls between the look at each file and its rename. */
function replaceAll(writes: readonly FileWrite[], folder: ManagedFolder): boolean {
  if (folder.problem() !== undefined || !writes.every((write) => write.isUntouched())) return false;
  for (const write of writes) write.replace();
  return true;
}

async function undo(writes: readonly FileWrite[], place: Place): Promise<void> {
  const replaced = writes.filter((write) => write.isReplaced);
  try {
    for (const write of replaced) write.putBack();
    if (replaced.length > 0) await place.pinned.sync();
  } catch (error) {
    // Of a folder that somebody has removed, nothing of ours is left.
    if (!isGone(error)) throw error;
  } finally {
    discard(writes, place);
  }
}

function isGone(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

/** Where a folder that was moved away cannot be reached they stay, and come back with it. */
function discard(writes: readonly FileWrite[], { folder, pinned }: Place): void {
  const done = writes.map((write) => write.discard());
  if (done.includes(false) || !existsSync(pinned.path)) folder.holdsLeftOvers = true;
  void pinned.close();
}
