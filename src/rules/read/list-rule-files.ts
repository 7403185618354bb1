import { readdirSync, realpathSync, statSync } from 'node:fs';
import { describeFileError } from './file-problem.js';
import { identityOf } from './read-file.js';

/** A rule file, or what stands in the way of one. */
export interface ListedFile {
  /** Path below the rule directory, with `/` between its parts. */
  readonly relative: string;
  /** Differs when the file does; the text of the error where the file cannot be looked at. */
  readonly identity: string;
  /** Why the file or folder cannot be looked at, to follow its name. */
  readonly problem?: string;
  /** Stands for what is on disk, if anything is: see `lay` and `holdRuleFiles`. */
  readonly content?: Buffer;
}

/** A directory that cannot be listed. */
export interface Unlisted {
  /** Why, to follow its name. */
  readonly unreadable: string;
  /** There is none. */
  readonly absent: boolean;
}

export type Listing = { readonly files: readonly ListedFile[] } | Unlisted;

/** A path below a directory, with the directory exactly as it was given: `./rules` stays `./rules/a.yaml`. */
export function joinDir(dir: string, relative: string): string {
  return dir.endsWith('/') ? `${dir}${relative}` : `${dir}/${relative}`;
}

/** By its name alone. */
export function isRuleFileName(path: string): boolean {
  return /\.(?:ya?ml|json)$/.test(path);
}

/**
 * Every `*.yaml`, `*.yml` and `*.json` at any depth, in byte order of the paths. Names that begin with a dot are
 * skipped, which covers the folders of a Kubernetes ConfigMap (`..data`, `..2026_…`). Links are followed, each real
 * folder once. A link that leads nowhere and a folder that cannot be read are listed with their problem: what cannot
 * be seen must not count as absent.
 *
 * Holds its thread up, which is one that answers nobody: 10,000 files are listed in a tenth of the time that asking for
 * each by itself would take, and they are listed several times for each change.
 */
export function listRuleFiles(dir: string): Listing {
  const walk: Walk = { dir, visited: new Set(), files: [] };
  try {
    walk.visited.add(realpathSync.native(dir));
    listFolder(walk, '', readdirSync(dir));
  } catch (error) {
    const absent = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return { unreadable: `cannot be read: ${describeFileError(error)}`, absent };
  }
  return { files: inByteOrder(walk.files) };
}

/** The order in which rule files are read, and policies decide. */
export function inByteOrder(files: readonly ListedFile[]): ListedFile[] {
  const sorted = files.map((file) => ({ file, bytes: Buffer.from(file.relative) }));
  return sorted.sort((a, b) => Buffer.compare(a.bytes, b.bytes)).map(({ file }) => file);
}

interface Walk {
  readonly dir: string;
  /** Real paths of folders. */
  readonly visited: Set<string>;
  readonly files: ListedFile[];
}

function listFolder(walk: Walk, folder: string, names: string[]): void {
  const visible = names.filter((name) => !name.startsWith('.')).map((name) => Buffer.from(name));
  for (const bytes of visible.sort(Buffer.compare)) listName(walk, `${folder}${bytes.toString()}`);
}

function listName(walk: Walk, relative: string): void {
  const path = joinDir(walk.dir, relative);
  try {
    const stats = statSync(path, { bigint: true });
    if (stats.isDirectory()) enterFolder(walk, relative, path);
    else if (isRuleFileName(relative)) walk.files.push({ relative, identity: identityOf(stats) });
  } catch (error) {
    // Whatever it is named: it may be a link to a folder of rules.
    const problem = `cannot be read: ${describeFileError(error)}`;
    walk.files.push({ relative, identity: problem, problem });
  }
}

function enterFolder(walk: Walk, relative: string, path: string): void {
  const real = realpathSync.native(path);
  if (walk.visited.has(real)) return;
  walk.visited.add(real);
  listFolder(walk, `${relative}/`, readdirSync(path));
}
