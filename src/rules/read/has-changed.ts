import { joinDir, type ListedFile, listRuleFiles } from './list-rule-files.js';
import { identityNow } from './read-file.js';

/** What was read of a directory. */
export interface ReadDirectory {
  readonly dir: string;
  /** What it listed before anything was read. */
  readonly files: readonly ListedFile[];
  /** Of the files that were read, by their path below the directory. */
  readonly identities: ReadonlyMap<string, string>;
}

/** Whether the directory lists otherwise than before, or a file is not the one that was read. */
export function hasChanged({ dir, files, identities }: ReadDirectory): boolean {
  const after = listRuleFiles(dir);
  if ('unreadable' in after || after.files.length !== files.length) return true;
  for (const [position, file] of after.files.entries()) {
    if (file.relative !== files[position]?.relative || file.identity !== files[position]?.identity) return true;
  }
  for (const [relative, identity] of identities) {
    if (identityNow(joinDir(dir, relative)) !== identity) return true;
  }
  return false;
}
