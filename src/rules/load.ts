import { FolderLoader, type FolderOptions } from './load/folder-loader.js';
import type { LoadResult } from './load/load-result.js';
import type { Overlay } from './read/overlay.js';

/** What is loaded, and how. */
export interface LoadOptions extends FolderOptions {
  /** Contents in place of those of rule files: tells what would come of writing them. */
  readonly overlay?: Overlay;
}

/** Loads a directory once: see `FolderLoader`. Holds its thread up, so it is for those that answer nobody meanwhile. */
export async function loadRules(dir: string, { overlay, ...options }: LoadOptions = {}): Promise<LoadResult> {
  // Without a digest in force nothing is unchanged.
  return (await new FolderLoader(dir, options).load({ overlay })) as LoadResult;
}
