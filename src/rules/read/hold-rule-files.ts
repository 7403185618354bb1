import { hasChanged } from './has-changed.js';
import { joinDir, type ListedFile, listRuleFiles } from './list-rule-files.js';
import { identityNow, openRegularFile, readAll } from './read-file.js';

/** Bytes of all files together that are not known by their looks. */
const MOST_BYTES = 16 * 1024 * 1024;

/** Each costs what listing and reading cost, a small part of a load. */
const ATTEMPTS = 20;

/** What of a directory need not be held. */
export interface HoldOptions {
  /** Paths, below the directory, of list files that rule files are known to name: too large to be held, they are looked at. */
  readonly lists: Iterable<string>;
  /** Whether a file's content is known by its looks, so that it need not be read. */
  isKnown(file: ListedFile): boolean;
}

/** A directory as it was at one moment. */
export interface HeldFiles {
  /** With their contents, but for those that are known. */
  readonly files: readonly ListedFile[];
  /** What the list files looked like then. */
  readonly lists: ReadonlyMap<string, string>;
}

/**
 * The rule files with their contents, all of one moment: for a directory that is at rest long enough to be read, but not
 * to be parsed (50 files: 10 ms and 60 ms). `undefined`: it changes more often still, is larger than may be held, or has
 * a file that cannot be read, which a load tells.
 */
export async function holdRuleFiles(dir: string, options: HoldOptions): Promise<HeldFiles | undefined> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const listing = listRuleFiles(dir);
    if ('unreadable' in listing) return undefined;
    const files = await withContents(dir, listing.files, options);
    if (files === 'unheld') return undefined;
    const lists = new Map([...options.lists].map((relative) => [relative, identityNow(joinDir(dir, relative))]));
    if (files !== 'changed' && !hasChanged({ dir, files, identities: lists })) return { files, lists };
  }
  return undefined;
}

async function withContents(
  dir: string,
  files: readonly ListedFile[],
  { isKnown }: HoldOptions,
): Promise<readonly ListedFile[] | 'changed' | 'unheld'> {
  const held: ListedFile[] = [];
  let room = MOST_BYTES;
  for (const file of files) {
    const isLeft = file.problem !== undefined || isKnown(file);
    const content = isLeft ? undefined : await contentOf(dir, file, room);
    if (typeof content === 'string') return content;
    held.push(content === undefined ? file : { ...file, content });
    room -= content?.length ?? 0;
  }
  return held;
}

async function contentOf(
  dir: string,
  { relative, identity }: ListedFile,
  room: number,
): Promise<Buffer | 'changed' | 'unheld'> {
  const file = await openRegularFile(joinDir(dir, relative), room);
  if ('problem' in file) return file.absent === true ? 'changed' : 'unheld';
  try {
    return file.identity === identity ? await readAll(file, room) : 'changed';
  } catch {
    return 'unheld';
  } finally {
    await file.handle.close();
  }
}
