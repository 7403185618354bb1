import { rmSync } from 'node:fs';
import { chmod, lstat, mkdtemp, readdir, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { messageOf } from '../model/message-of.js';
import { hasEnded, identityOfProcess } from './process-identity.js';

/** Memory that looks like a folder, where the system has it: what is written there never waits for a disk. */
const sharedMemory = '/dev/shm';

/** What follows says whose it is. */
const prefix = 'refgate-image-';

/** A folder that only this user can look into. */
export interface PrivateFolder {
  readonly path: string;
  /** With everything in it. Files that are open stay readable to those who have opened them. Never rejects. */
  remove(): Promise<void>;
}

/** Makes private folders in the first place that has room, and sees to it that none stays behind. */
export class PrivateFolders {
  readonly #parents: readonly string[];
  readonly #made = new Set<string>();

  /** @param parents - places to try, the best first */
  constructor(parents: readonly string[] = [sharedMemory, tmpdir()]) {
    this.#parents = parents;
  }

  /**
   * What `make` makes in a folder, the first in which it can.
   *
   * @param bytes - what is going to be written there
   * @throws (as a rejection) an error that tells of each place what is wrong with it.
   */
  async inFirst<Made>(bytes: number, make: (folder: PrivateFolder) => Promise<Made>): Promise<Made> {
    const problems: string[] = [];
    for (const parent of this.#parents) {
      try {
        return await this.#in(parent, bytes, make);
      } catch (error) {
        problems.push(messageOf(error));
      }
    }
    throw new Error(problems.join('; '));
  }

  /** Removes at once what has been made and not removed yet: for a process that is about to exit. */
  removeNow(): void {
    for (const path of this.#made) rmSync(path, { recursive: true, force: true });
  }

  /** Removes what processes of this user left behind that have been killed, however long ago. Never rejects. */
  async removeLeftOvers(): Promise<void> {
    for (const parent of this.#parents) {
      const names = await readdir(parent).catch(() => []);
      for (const name of names.filter((each) => each.startsWith(prefix))) {
        const path = join(parent, name);
        if (await isLeftOver(path)) await rm(path, { recursive: true, force: true }).catch(() => undefined);
      }
    }
  }

  async #in<Made>(parent: string, bytes: number, make: (folder: PrivateFolder) => Promise<Made>): Promise<Made> {
    await needRoom(parent, bytes);
    const folder = await this.#make(parent);
    try {
      return await make(folder);
    } catch (error) {
      await folder.remove();
      throw error;
    }
  }

  async #make(parent: string): Promise<PrivateFolder> {
    const path = await mkdtemp(join(parent, `${prefix}${identityOfProcess(process.pid)}.`));
    this.#made.add(path);
    // mkdtemp gives others no right, but a umask can take some of ours.
    await chmod(path, 0o700);
    const remove = async () => {
      // One that stays behind takes room, and no more.
      await rm(path, { recursive: true, force: true }).catch(() => undefined);
      this.#made.delete(path);
    };
    return { path, remove };
  }
}

/** To fill the last of a shared memory would harm the others that use it. */
async function needRoom(parent: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(parent);
  if (bavail * bsize < bytes) throw new Error(`${parent} has no room for ${Math.ceil(bytes / 1e6)} MB`);
}

/** No clock is asked: what is old by one that was set may be in use. */
async function isLeftOver(path: string): Promise<boolean> {
  const owner = basename(path)
    .slice(prefix.length)
    .replace(/\.[^.]*$/, '');
  if (!hasEnded(owner)) return false;
  const found = await lstat(path).catch(() => undefined);
  return found?.isDirectory() === true && found.uid === process.getuid?.();
}
