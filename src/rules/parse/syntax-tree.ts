import type { KeyPath } from '../key-path.js';

/**
 * What a rule file says, with the place of every key and value, and nothing of the YAML library in it.
 * An alias is the node of its anchor, so places are those of what was really written.
 */
export type TreeNode = ScalarNode | ListNode | MappingNode;

/** A single value; what is missing or wrong is `null`. */
export interface ScalarNode {
  readonly kind: 'scalar';
  /** Offset in the text, in UTF-16 code units. */
  readonly at: number;
  readonly value: string | number | boolean | null;
}

/** A list. */
export interface ListNode {
  readonly kind: 'list';
  readonly at: number;
  readonly items: readonly TreeNode[];
}

/** A mapping; no key is in it twice. */
export interface MappingNode {
  readonly kind: 'mapping';
  readonly at: number;
  readonly pairs: readonly Pair[];
}

/** A key and its value. */
export interface Pair {
  readonly key: string;
  readonly keyAt: number;
  readonly value: TreeNode;
}

/** A plain value. Mappings have no prototype, so `__proto__` and `constructor` are keys like any other. */
export type Plain = string | number | boolean | null | Plain[] | PlainMapping;
export interface PlainMapping {
  [key: string]: Plain;
}

/** The values alone. */
export function toPlain(node: TreeNode): Plain {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(toPlain);
  const mapping: PlainMapping = Object.create(null);
  for (const pair of node.pairs) mapping[pair.key] = toPlain(pair.value);
  return mapping;
}

/** Where the value at a path is written; for one that is missing, where the mapping that lacks it begins. */
export function valueOffset(root: TreeNode, path: KeyPath): number {
  let node = root;
  for (const part of path) {
    const next = step(node, part);
    if (next === undefined) break;
    node = next;
  }
  return node.at;
}

/** Where the key at a path is written. */
export function keyOffset(root: TreeNode, path: KeyPath): number {
  const key = path.at(-1);
  let node: TreeNode | undefined = root;
  for (const part of path.slice(0, -1)) node = node && step(node, part);
  if (node?.kind !== 'mapping') return valueOffset(root, path);
  return node.pairs.find((pair) => pair.key === key)?.keyAt ?? node.at;
}

function step(node: TreeNode, part: string | number): TreeNode | undefined {
  if (node.kind === 'list') return typeof part === 'number' ? node.items[part] : undefined;
  if (node.kind === 'mapping') return node.pairs.find((pair) => pair.key === part)?.value;
  return undefined;
}
