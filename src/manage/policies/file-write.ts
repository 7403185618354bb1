import { linkSync, renameSync, rmSync, type Stats } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import type { ManagedFolder } from './managed-folder.js';
import { holds } from './regular-file.js';

/** A policy file that shall hold something else. */
export interface FileChange {
  readonly policy: string;
  /** What it held when the change was made; `undefined`: there was none. */
  readonly before: Buffer | undefined;
  /** `undefined`: it is removed. */
  readonly after: Buffer | undefined;
}

/**
 * One file on its way. First everything that takes room on the disk or time, then a rename, which takes neither: so all
 * of several files can be replaced within one turn, and put back even when the disk is full.
 */
export class FileWrite {
  readonly #change: FileChange;
  readonly #path: string;
  readonly #fresh: string;
  /** A second name of the file that was there. */
  readonly #old: string;
  #isReplaced = false;

  constructor(change: FileChange, folder: ManagedFolder) {
    this.#change = change;
    this.#path = folder.file(change.policy);
    this.#fresh = folder.temporary(change.policy);
    this.#old = folder.temporary(change.policy);
  }

  /** Throws what the system says; so do the others. */
  async prepare(): Promise<void> {
    const stats = await statsOf(this.#path);
    if (this.#change.after !== undefined) await writeDurably(this.#fresh, this.#change.after, stats);
    if (stats !== undefined) linkSync(this.#path, this.#old);
  }

  /** Whether the file is as it was when the change was made. */
  isUntouched(): boolean {
    return holds(this.#path, this.#change.before);
  }

  replace(): void {
    if (this.#change.after === undefined) rmSync(this.#path);
    else renameSync(this.#fresh, this.#path);
    this.#isReplaced = true;
  }

  /** Puts back what was there, unless somebody has changed the file since; then theirs stays. */
  putBack(): void {
    if (!this.#isReplaced || !holds(this.#path, this.#change.after)) return;
    if (this.#change.before === undefined) rmSync(this.#path);
    else renameSync(this.#old, this.#path);
    this.#isReplaced = false;
  }

  /** Removes the temporary files. */
  discard(): void {
    rmSync(this.#fresh, { force: true });
    rmSync(this.#old, { force: true });
  }
}

async function statsOf(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A new file, as readable as the one whose place it shall take. */
async function writeDurably(path: string, content: Buffer, like: Stats | undefined): Promise<void> {
  const handle = await open(path, 'wx');
  try {
    if (like?.isFile()) await makeAlike(handle, like);
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function makeAlike(handle: FileHandle, { mode, uid, gid }: Stats): Promise<void> {
  const own = await handle.stat();
  // Only root may give files away; the reload will tell where the service itself cannot read it any more.
  if (own.uid !== uid || own.gid !== gid) await handle.chown(uid, gid).catch(() => undefined);
  await handle.chmod(mode & 0o777);
}
