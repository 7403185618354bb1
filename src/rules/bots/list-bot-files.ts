import { type ListedFile, listRuleFiles } from '../read/list-rule-files.js';

/** The directory of bot ranges, and what is read of it. */
export interface BotDirectory {
  /** As the operator gave it. */
  readonly dir: string;
  readonly files: readonly ListedFile[];
  /** Of the files that were read, by their path below the directory. */
  readonly identities: Map<string, string>;
}

/** Lists the directory of bot ranges as one of rules is listed; `undefined` where there is none. */
export async function listBotFiles(
  dir: string | undefined,
): Promise<BotDirectory | { readonly dir: string; readonly unreadable: string } | undefined> {
  if (dir === undefined) return undefined;
  const listing = await listRuleFiles(dir);
  if ('unreadable' in listing) return { dir, unreadable: `the directory of bot ranges ${listing.unreadable}` };
  return { dir, files: listing.files, identities: new Map() };
}
