import { hasChanged } from './has-changed.js';
import { joinDir, type ListedFile, listRuleFiles } from './list-rule-files.js';
import { openRegularFile, readAll } from './read-file.js';

/** Bytes of all files together: folders that somebody writes to all the time are small ones. */
const MOST_BYTES = 16 * 1024 * 1024;

/** Each costs what listing and reading cost, a small part of a load. */
const ATTEMPTS = 20;

/**
 * The rule files with their contents, all of one moment: for a directory that is at rest long enough to be read, but not
 * to be parsed (50 files: 10 ms and 60 ms). `undefined`: it changes more often still, is larger than may be held, or has
 * a file that cannot be read, which a load tells.
 */
export async function holdRuleFiles(dir: string): Promise<readonly ListedFile[] | undefined> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const listing = listRuleFiles(dir);
    if ('unreadable' in listing) return undefined;
    const files = await withContents(dir, listing.files);
    if (files === 'unheld') return undefined;
    if (files !== 'changed' && !hasChanged({ dir, files, identities: new Map() })) return files;
  }
  return undefined;
}

async function withContents(
  dir: string,
  files: readonly ListedFile[],
): Promise<readonly ListedFile[] | 'changed' | 'unheld'> {
  const held: ListedFile[] = [];
  let room = MOST_BYTES;
  for (const file of files) {
    const content = file.problem === undefined ? await contentOf(dir, file, room) : undefined;
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
