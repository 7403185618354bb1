import type { MappingNode, Pair, TreeNode } from '../../rules/parse/syntax-tree.js';
import { nearestWord } from '../../rules/validate/nearest-word.js';

/**
 * The tree without the texts that stand as keys where only ours may, in the lists that hold secrets: of
 * `{ name: ci, tk-ci }` YAML makes a key of the secret, and errors name keys. One that is nearly a word of ours stays,
 * so that its error can name it. Places are kept.
 */
export function hideKeys(root: TreeNode, known: Readonly<Record<string, readonly string[]>>): TreeNode {
  if (root.kind !== 'mapping') return root;
  const pairs = root.pairs.map((pair) => {
    const words = Object.hasOwn(known, pair.key) ? known[pair.key] : undefined;
    return words === undefined ? pair : { ...pair, value: hideInItems(pair.value, words) };
  });
  return { ...root, pairs };
}

function hideInItems(list: TreeNode, words: readonly string[]): TreeNode {
  if (list.kind === 'mapping') return hideInMapping(list, words);
  if (list.kind !== 'list') return list;
  return { ...list, items: list.items.map((item) => (item.kind === 'mapping' ? hideInMapping(item, words) : item)) };
}

function hideInMapping(mapping: MappingNode, words: readonly string[]): MappingNode {
  return { ...mapping, pairs: mapping.pairs.map((pair, position) => hide(pair, position, words)) };
}

/** The position keeps two of them apart. */
function hide(pair: Pair, position: number, words: readonly string[]): Pair {
  const isOurs = words.includes(pair.key) || nearestWord(pair.key, words) !== undefined;
  return isOurs ? pair : { ...pair, key: `…${position}` };
}
