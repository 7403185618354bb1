import { renameSync, rmSync, type Stats } from 'node:fs';
import { type FileHandle, link, lstat, open } from 'node:fs/promises';
import { join } from 'node:path';
import { holds } from './holds.js';
import { temporaryName } from './managed-folder.js';

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
 * of several files are replaced within one turn, and can be put back when the disk is full. Everything throws what the
 * system says, but for `discard`.
 */
export class FileWrite {
  readonly #change: FileChange;
  readonly #path: string;
  readonly #fresh: string;
  /** A second name of the file that was there, or a copy. */
  readonly #old: string;
  #isReplaced = false;

  /** Nothing is done yet. `folder`: the path of the one that it is in. */
  constructor(change: FileChange, folder: string) {
    this.#change = change;
    this.#path = join(folder, `${change.policy}.yaml`);
    this.#fresh = join(folder, temporaryName(change.policy));
    this.#old = join(folder, temporaryName(change.policy));
  }

  async prepare(): Promise<void> {
    const stats = await statsOf(this.#path);
    if (this.#change.after !== undefined) await writeDurably(this.#fresh, this.#change.after, stats);
    if (stats !== undefined) await this.#keepOld(stats);
  }

  /** Not every file system has second names, and Linux refuses them for files of others (fs.protected_hardlinks). */
  async #keepOld(stats: Stats): Promise<void> {
    try {
      await link(this.#path, this.#old);
    } catch {
      await writeDurably(this.#old, this.#change.before ?? Buffer.alloc(0), stats);
    }
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

  /** Whether `replace` was done. */
  get isReplaced(): boolean {
    return this.#isReplaced;
  }

  /** Puts back what was there, unless somebody has changed the file since; then theirs stays. */
  putBack(): void {
    if (!holds(this.#path, this.#change.after)) return;
    if (this.#change.before === undefined) rmSync(this.#path);
    else renameSync(this.#old, this.#path);
  }

  /** Removes the temporary files; false: one of them may still be there. */
  discard(): boolean {
    try {
      for (const path of [this.#fresh, this.#old]) rmSync(path, { force: true });
      return true;
    } catch {
      return false;
    }
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
  // Only root may give files away; a file that we cannot read any more would not have been read before.
  if (own.uid !== uid || own.gid !== gid) await handle.chown(uid, gid).catch(() => undefined);
  if (own.mode !== mode) await handle.chmod(mode & 0o777);
}
