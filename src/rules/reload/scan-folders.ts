import { createHash, type Hash } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { followLinks, type NameInFolder } from './follow-links.js';

/** A folder to be watched. */
export interface WatchedFolder {
  /** Differs when another folder has taken the place: a watch is bound to the old one and hears nothing of the new. */
  readonly identity: string;
  /** The names in it that matter; `undefined`: all of them. */
  readonly names: Set<string> | undefined;
}

/** What there is to watch for some directories. */
export interface FolderScan {
  /** False: one of the directories is not there (yet, or any more). */
  readonly found: boolean;
  /** By real path. */
  readonly folders: ReadonlyMap<string, WatchedFolder>;
  /** Changes with every file that is added, removed, replaced, written to, or linked elsewhere. */
  readonly fingerprint: string;
  /** True: more folders than can be watched; those beyond are not in `folders`. */
  readonly truncated: boolean;
}

/** A link to `/` by mistake must not use up the inotify watches of the machine (often 8,192 for all of a user). */
export const MAX_FOLDERS = 2_048;

/** To ask for 10,000 at once, and to hear of them, would hold requests up for a tenth of a second. */
const LOOKED_AT_TOGETHER = 32;

/** Holds no rules, but hundreds of folders that change with every fetch, where the rules are a checkout. */
const SKIPPED = new Set(['.git']);

/**
 * Lists the folders whose events can mean changed rules: the directories, the folders below them, those that links lead
 * to (each once, which also cuts cycles), and for every link the folder that holds it.
 *
 * Names with a leading dot are not skipped, unlike when rules are read: Kubernetes' `..data` and its folders are where
 * a ConfigMap changes, and a list file may lie in such a folder.
 */
export async function scanFolders(...directories: readonly string[]): Promise<FolderScan> {
  const scan = new Scan();
  let found = true;
  for (const directory of directories) {
    const { real, passed } = await followLinks(directory);
    await scan.watchPlaces(passed);
    const isThere = real !== undefined && (await scan.walk(real));
    found &&= isThere;
  }
  return { found, folders: scan.folders, fingerprint: scan.hash.digest('base64'), truncated: scan.truncated };
}

class Scan {
  readonly folders = new Map<string, WatchedFolder>();
  readonly hash: Hash = createHash('sha1');
  readonly #waiting: string[] = [];
  readonly #seen = new Set<string>();
  readonly #readable = new Set<string>();
  truncated = false;

  /** Walks everything that can be reached; false when there is no such directory. */
  async walk(root: string): Promise<boolean> {
    this.#enqueue(root);
    for (let folder = this.#waiting.shift(); folder !== undefined; folder = this.#waiting.shift()) {
      if (await this.#visit(folder)) this.#readable.add(folder);
    }
    return this.#readable.has(root);
  }

  /** Adds single names of folders that lie outside, mostly. */
  async watchPlaces(places: readonly NameInFolder[]): Promise<void> {
    for (const { folder, name } of places) {
      const known = this.folders.get(folder);
      if (known !== undefined) {
        known.names?.add(name);
        continue;
      }
      const stats = await stat(folder, { bigint: true }).catch(() => undefined);
      if (stats !== undefined) {
        this.folders.set(folder, { identity: folderIdentity(stats), names: new Set([name]) });
      }
    }
  }

  #enqueue(folder: string): void {
    if (this.#seen.has(folder)) {
      return;
    }
    if (this.#seen.size >= MAX_FOLDERS) {
      this.truncated = true;
      return;
    }
    this.#seen.add(folder);
    this.#waiting.push(folder);
  }

  /** Takes in one folder; false when it cannot be read. */
  async #visit(folder: string): Promise<boolean> {
    try {
      // Identity first: if another folder takes the place meanwhile, the next scan sees the difference.
      const identity = folderIdentity(await stat(folder, { bigint: true }));
      const found = (await readdir(folder)).sort();
      this.folders.set(folder, { identity, names: undefined });
      for (let first = 0; first < found.length; first += LOOKED_AT_TOGETHER) {
        await this.#entries(folder, found.slice(first, first + LOOKED_AT_TOGETHER));
      }
      return true;
    } catch (error) {
      this.hash.update(`${folder}\0${(error as NodeJS.ErrnoException).code}\n`);
      return false;
    }
  }

  async #entries(folder: string, names: readonly string[]): Promise<void> {
    const paths = names.map((name) => join(folder, name));
    const stats = await Promise.all(paths.map((path) => lstat(path, { bigint: true }).catch(() => undefined)));
    for (const [position, path] of paths.entries()) await this.#entry(path, stats[position]);
  }

  async #entry(path: string, stats: BigIntStats | undefined): Promise<void> {
    this.hash.update(`${path}\0${describe(stats)}\n`);
    if (stats?.isDirectory() && !SKIPPED.has(basename(path))) {
      this.#enqueue(path);
    } else if (stats?.isSymbolicLink()) {
      await this.#link(path);
    }
  }

  async #link(path: string): Promise<void> {
    const { real, passed } = await followLinks(path);
    await this.watchPlaces(passed);
    const stats = real === undefined ? undefined : await stat(real, { bigint: true }).catch(() => undefined);
    this.hash.update(`${real}\0${describe(stats)}\n`);
    if (real !== undefined && stats?.isDirectory()) {
      this.#enqueue(real);
    } else if (real !== undefined) {
      await this.watchPlaces([{ folder: dirname(real), name: basename(real) }]);
    }
  }
}

/** The number of a deleted folder is soon given to a new one (tmpfs, ext4), hence the time of birth beside it. */
function folderIdentity(stats: BigIntStats): string {
  return `${stats.dev}:${stats.ino}:${stats.birthtimeNs}`;
}

/** No folder's times and sizes: they change with entries, which are listed themselves. */
function describe(stats: BigIntStats | undefined): string {
  if (stats === undefined) {
    return 'gone';
  }
  const which = `${stats.dev}:${stats.ino}:${stats.mode}`;
  return stats.isDirectory() ? which : `${which}:${stats.size}:${stats.mtimeNs}:${stats.ctimeNs}`;
}
