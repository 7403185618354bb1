import { realpathSync } from 'node:fs';
import { isAbsolute, posix, sep } from 'node:path';
import { quote } from '../key-path.js';
import { describeFileError } from './file-problem.js';
import { joinDir } from './list-rule-files.js';

/** A list file inside the rule directory. */
export interface LocatedListFile {
  /** Path below the rule directory, as the rule file names it. */
  readonly relative: string;
  /** The real path, links resolved. */
  readonly path: string;
}

export interface ListFilePlace {
  readonly dir: string;
  /** Path of the rule file below the directory. */
  readonly ruleFile: string;
  /** What the rule file wrote. */
  readonly written: string;
}

/**
 * Where the list file of a `{ file: … }` is. It has to stay inside the rule directory, after links too: someone who
 * may write a policy must not make us read other files of this machine and tell what is in them.
 */
export function locateListFile(place: ListFilePlace): LocatedListFile | { problem: string } {
  const { dir, written } = place;
  if (isAbsolute(written)) return { problem: `the list file ${quote(written)} must be relative to this rule file` };
  const relative = posix.normalize(posix.join(posix.dirname(place.ruleFile), written));
  if (relative === '..' || relative.startsWith('../')) return { problem: outside(written) };
  try {
    const root = realpathSync.native(dir);
    const path = realpathSync.native(joinDir(dir, relative));
    return path.startsWith(root.endsWith(sep) ? root : root + sep) ? { relative, path } : { problem: outside(written) };
  } catch (error) {
    return { problem: `the list file ${quote(written)} cannot be read: ${describeFileError(error)}` };
  }
}

function outside(written: string): string {
  return `the list file ${quote(written)} is outside the rule directory; put it inside`;
}
