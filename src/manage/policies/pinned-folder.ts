import { existsSync, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** A folder under a path that stays its own wherever it is moved, until it is closed. */
export class PinnedFolder {
  /** Where the system knows no such path, the one that it was opened by. */
  readonly path: string;
  readonly #handle: FileHandle;

  /** Throws (as a rejection) what the system says. */
  static async open(path: string): Promise<PinnedFolder> {
    const handle = await open(path, 'r');
    const pinned = `/proc/self/fd/${handle.fd}`;
    return new PinnedFolder(handle, existsSync(pinned) ? pinned : path);
  }

  private constructor(handle: FileHandle, path: string) {
    this.#handle = handle;
    this.path = path;
  }

  /** Makes what was done to names in it durable. */
  sync(): Promise<void> {
    return this.#handle.sync();
  }

  /** Whether a path leads to it now. */
  isAt(path: string): boolean {
    const [own, other] = [this.path, path].map((each) => statSync(each, { bigint: true, throwIfNoEntry: false }));
    return own !== undefined && own.ino === other?.ino && own.dev === other.dev;
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}
