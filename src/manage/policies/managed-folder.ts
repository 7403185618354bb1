import { randomBytes } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { lstat, mkdir, open, readdir, rm } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { describeFileError } from '../../rules/read/file-problem.js';

/** Names of temporary files: begin with a dot, so that no load reads them, and end as no rule file does. */
const TEMPORARY = /^\.[a-z0-9][a-z0-9._-]{0,63}\.yaml\.[A-Za-z0-9_-]+\.tmp$/;

/** A name that nothing has, for a file beside that of a policy. */
export function temporaryName(policy: string): string {
  return `.${policy}.yaml.${randomBytes(8).toString('hex')}.tmp`;
}

/** The folder below the rule directory that the management APIs write. */
export class ManagedFolder {
  /** A change could not remove its temporary files: the next one does. */
  holdsLeftOvers = false;
  /** The rule directory as the operator gave it. */
  readonly rules: string;
  /** Parts of the path below it. */
  readonly #parts: readonly string[];

  /** `managed` is relative to the rule directory. Throws `ManagedFolderError` where no rule file could be there. */
  constructor(rules: string, managed: string) {
    this.rules = rules;
    const path = posix.normalize(managed);
    this.#parts = path.split('/').filter((part) => part !== '' && part !== '.');
    if (posix.isAbsolute(path) || this.#parts[0] === '..') {
      throw new ManagedFolderError(
        `the managed folder ${managed} must be inside the rule directory, and relative to it`,
      );
    }
    if (this.#parts.some((part) => part.startsWith('.'))) {
      throw new ManagedFolderError(`rule files below a name that begins with a dot are not read: ${managed}`);
    }
  }

  /** The file of a policy below the rule directory. */
  relative(policy: string): string {
    return [...this.#parts, `${policy}.yaml`].join('/');
  }

  /** The file of a policy. */
  file(policy: string): string {
    return join(this.path, `${policy}.yaml`);
  }

  get path(): string {
    return join(this.rules, ...this.#parts);
  }

  /**
   * Why nothing may be written there; `undefined`: there is nothing against it, or no such folder yet. A link could lead
   * out of the rule directory; one that leads elsewhere inside would give its files a second name.
   */
  problem(): string | undefined {
    try {
      return this.#problem();
    } catch (error) {
      return `${this.path} cannot be written: ${describeWriteFailure(error)}`;
    }
  }

  #problem(): string | undefined {
    for (let depth = 1; depth <= this.#parts.length; depth++) {
      const path = join(this.rules, ...this.#parts.slice(0, depth));
      const stats = lstatSync(path, { throwIfNoEntry: false });
      if (stats?.isSymbolicLink()) return `${path} is a link; the APIs write into a folder of its own only`;
      if (stats !== undefined && !stats.isDirectory()) return `${path} is not a folder`;
    }
    return undefined;
  }

  /** Makes it where it is missing, durably. Throws what the system says. */
  async make(): Promise<void> {
    for (let depth = 1; depth <= this.#parts.length; depth++) {
      const path = join(this.rules, ...this.#parts.slice(0, depth));
      if (await isThere(path)) continue;
      await mkdir(path);
      await syncFolder(join(path, '..'));
    }
  }

  /** Removes the temporary files of changes that ended before they could, and nothing else. */
  async removeLeftOvers(): Promise<void> {
    const names = await readdir(this.path, { withFileTypes: true });
    const left = names.filter((entry) => TEMPORARY.test(entry.name) && !entry.isDirectory());
    for (const { name } of left) await rm(join(this.path, name), { force: true });
    this.holdsLeftOvers = false;
  }
}

/** The managed folder cannot be what the settings say; the message is one line that says what to do. */
export class ManagedFolderError extends Error {
  override readonly name = 'ManagedFolderError';
}

async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What a failed write means, in words. */
export function describeWriteFailure(error: unknown): string {
  return WRITE_MEANINGS[(error as NodeJS.ErrnoException).code ?? ''] ?? describeFileError(error);
}

/** Where it differs from what the code means for a file that is read. */
const WRITE_MEANINGS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied; let the user that the service runs as write there (EACCES)',
  EPERM: 'permission denied; let the user that the service runs as write there (EPERM)',
  ENOSPC: 'the disk is full (ENOSPC)',
  EDQUOT: "the user's share of the disk is full (EDQUOT)",
  EFBIG: 'a file of this size is not allowed (EFBIG)',
  EROFS: 'the file system is mounted read-only (EROFS)',
};
