import { lstat, realpath } from 'node:fs/promises';
import { isAbsolute, join, posix } from 'node:path';
import { describeFileError } from '../../rules/read/file-problem.js';

/** The folder relative to the rule folder, without `.`, `..` and a trailing slash; or what is wrong with it. */
export type LocatedManaged = { readonly folder: string } | { readonly problem: string };

/**
 * Where the files that the APIs write go. The folder has to be one of its own below the rule folder, and no link may
 * lead out of it or into it: what is written there is read as rules, and nothing else may be overwritten.
 */
export async function locateManaged(rules: string, written: string): Promise<LocatedManaged> {
  const text = JSON.stringify(written);
  if (isAbsolute(written)) return { problem: `${text} is absolute; write the folder relative to the rule folder` };
  const folder = posix.normalize(written).replace(/\/$/, '');
  if (folder === '..' || folder.startsWith('../')) return { problem: `${text} is outside the rule folder` };
  if (folder === '.') return { problem: 'is the rule folder itself; name a folder of its own, such as managed' };
  const parts = folder.split('/');
  if (parts.some((part) => part.startsWith('.'))) {
    return { problem: `${text} begins with a dot; such folders are not read as rules` };
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\0-\x1f\\]/.test(folder)) return { problem: `${text} has a backslash or a control character` };
  return (await problemOnDisk(rules, parts)) ?? { folder };
}

/** What is there already must be folders, and reached without a link. What is absent will be made. */
async function problemOnDisk(rules: string, parts: readonly string[]): Promise<{ problem: string } | undefined> {
  // The rule folder itself may be a link; that it is missing is said when the rules are loaded.
  const root = await realpath(rules).catch(() => rules);
  for (const depth of parts.keys()) {
    const below = parts.slice(0, depth + 1).join('/');
    try {
      const stats = await lstat(join(root, below));
      if (stats.isSymbolicLink()) return { problem: `${JSON.stringify(below)} is a link; make it a folder` };
      if (!stats.isDirectory()) return { problem: `${JSON.stringify(below)} is no folder; remove it or name another` };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      return { problem: `${JSON.stringify(below)} cannot be looked at: ${describeFileError(error)}` };
    }
  }
  return undefined;
}
