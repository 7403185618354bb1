import type { KeyPath } from '../key-path.js';
import type { Limits } from '../limits.js';
import type { TreeNode } from './syntax-tree.js';

/** A mistake at an offset of the text. */
export interface SyntaxProblem {
  readonly at: number;
  /** The key it is about, where the text was read so far. */
  readonly path?: KeyPath;
  readonly message: string;
  /** The same without words of the file, for files that hold secrets; absent where `message` has none. */
  readonly discreet?: string;
}

/** The tree, or why there is none. A tree may come with problems that leave the rest of it readable (a key twice). */
export interface ParsedYaml {
  readonly root: TreeNode | undefined;
  readonly problems: readonly SyntaxProblem[];
}

/** The depth is watched twice: on the tokens, before anything recurses, and exactly, on the tree. */
export function nestingMessage(limits: Limits): string {
  return `nested too deeply; at most ${limits.nesting} levels of mappings and lists are allowed`;
}
