import { fileURLToPath } from 'node:url';

/** The repository's root: compiled tests live in `.build/test/support`, three levels below it. */
const root = new URL('../../../', import.meta.url);

/** Absolute path of a file or folder of the repository, given relative to its root. */
export function fromRoot(relative: string): string {
  return fileURLToPath(new URL(relative, root));
}
