import { readlink } from 'node:fs/promises';
import { dirname, isAbsolute, join, parse, resolve, sep } from 'node:path';

/** A name in a real folder (one whose own path holds no link). */
export interface NameInFolder {
  readonly folder: string;
  readonly name: string;
}

/** Where a path leads. */
export interface Trail {
  /** The path without links; `undefined` when it leads nowhere. */
  readonly real: string | undefined;
  /** Every link that was passed, and the first name that is missing: when one of these changes, so may the end. */
  readonly passed: readonly NameInFolder[];
}

/** As many as Linux follows before it answers ELOOP (path_resolution(7)). */
const MAX_LINKS = 40;

/**
 * Follows a path link by link.
 *
 * `realpath` gives the end alone, and a link that is pointed elsewhere is an event in the folder that holds the link,
 * not at its end: `/etc/rules → current/rules`, `current → releases/7` must be watched in `/etc` for both names.
 */
export async function followLinks(path: string): Promise<Trail> {
  const { root } = parse(resolve(path));
  const passed: NameInFolder[] = [];
  let ahead = names(resolve(path).slice(root.length));
  let at = root;
  for (let name = ahead.shift(); name !== undefined; name = ahead.shift()) {
    if (name === '..') {
      at = dirname(at);
      continue;
    }
    const next = await readLinkAt(join(at, name));
    if (next.kind === 'plain') {
      at = join(at, name);
      continue;
    }
    passed.push({ folder: at, name });
    if (next.kind !== 'link' || passed.length > MAX_LINKS) {
      return { real: undefined, passed };
    }
    ahead = [...names(next.target), ...ahead];
    at = isAbsolute(next.target) ? root : at;
  }
  return { real: at, passed };
}

function names(path: string): string[] {
  return path.split(sep).filter((name) => name !== '' && name !== '.');
}

type Step =
  | { readonly kind: 'plain' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'link'; readonly target: string };

async function readLinkAt(path: string): Promise<Step> {
  try {
    return { kind: 'link', target: await readlink(path) };
  } catch (error) {
    // EINVAL is how readlink(2) says "no link". Everything else (ENOENT, ENOTDIR, EACCES) ends the way.
    return { kind: (error as NodeJS.ErrnoException).code === 'EINVAL' ? 'plain' : 'missing' };
  }
}
