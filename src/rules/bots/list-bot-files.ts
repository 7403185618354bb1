import { type ListedFile, listRuleFiles } from '../read/list-rule-files.js';

/** The directory of bot ranges. */
export interface BotDirectory {
  /** As the operator gave it. */
  readonly dir: string;
  readonly files: readonly ListedFile[];
}

/** Lists the directory of bot ranges as one of rules is listed; `undefined` where there is none. */
export function listBotFiles(
  dir: string | undefined,
): BotDirectory | { readonly dir: string; readonly unreadable: string } | undefined {
  if (dir === undefined) return undefined;
  const listing = listRuleFiles(dir);
  if ('unreadable' in listing) return { dir, unreadable: `the directory of bot ranges ${listing.unreadable}` };
  return { dir, files: listing.files };
}

/** The files that hold ranges: those that lie in the directory itself. */
export function rangeFilesOf({ files }: BotDirectory): readonly ListedFile[] {
  return files.filter(({ relative }) => IN_DIRECTORY.test(relative));
}

/** Whatever else lies there, such as a download that is not finished, is none of ours. */
const IN_DIRECTORY = /^[^/]+\.json$/;
