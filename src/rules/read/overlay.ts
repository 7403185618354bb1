import { inByteOrder, type ListedFile } from './list-rule-files.js';

/** Contents by path below the rule directory, as if they were written there; `undefined`: as if nothing were there. */
export type Overlay = ReadonlyMap<string, Buffer | undefined>;

/** The files of a listing with an overlay over them. */
export function lay(overlay: Overlay | undefined, files: readonly ListedFile[]): readonly ListedFile[] {
  if (overlay === undefined || overlay.size === 0) return files;
  const others = files.filter(({ relative }) => !overlay.has(relative));
  return inByteOrder([...others, ...[...overlay].flatMap(([relative, content]) => written(relative, content))]);
}

function written(relative: string, content: Buffer | undefined): ListedFile[] {
  return content === undefined ? [] : [{ relative, identity: 'overlay', content }];
}
