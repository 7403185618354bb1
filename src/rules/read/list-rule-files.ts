import { readdir, realpath, stat } from 'node:fs/promises';
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
 */
export async function listRuleFiles(dir: string): Promise<Listing> {
  const walk: Walk = { dir, visited: new Set(), files: [] };
  try {
    walk.visited.add(await realpath(dir));
    await listFolder(walk, '', await readdir(dir));
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

async function listFolder(walk: Walk, folder: string, names: string[]): Promise<void> {
  const visible = names.filter((name) => !name.startsWith('.')).map((name) => Buffer.from(name));
  for (const bytes of visible.sort(Buffer.compare)) await listName(walk, `${folder}${bytes.toString()}`);
}

async function listName(walk: Walk, relative: string): Promise<void> {
  const path = joinDir(walk.dir, relative);
  try {
    const stats = await stat(path, { bigint: true });
    if (stats.isDirectory()) await enterFolder(walk, relative, path);
    else if (isRuleFileName(relative)) walk.files.push({ relative, identity: identityOf(stats) });
  } catch (error) {
    // Whatever it is named: it may be a link to a folder of rules.
    const problem = `cannot be read: ${describeFileError(error)}`;
    walk.files.push({ relative, identity: problem, problem });
  }
}

async function enterFolder(walk: Walk, relative: string, path: string): Promise<void> {
  const real = await realpath(path);
  if (walk.visited.has(real)) return;
  walk.visited.add(real);
  await listFolder(walk, `${relative}/`, await readdir(path));
}
