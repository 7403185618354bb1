import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { isSame } from './plain-value.js';

/** Makes a node say `value`, with as little change as can be: nodes that say it already stay, comments and all. */
export function mergeNode(document: Document, node: unknown, value: unknown): Node {
  if (isMap<Node, Node | null>(node) && isMapping(value)) return mergeMap(document, node, value);
  if (isSeq<Node>(node) && Array.isArray(value)) return mergeList(document, node, value);
  if (node !== null && node !== undefined && isSame(plain(document, node), value)) return node as Node;
  return replaced(document.createNode(value), node);
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function plain(document: Document, node: unknown): unknown {
  return isAlias(node) || isMap(node) || isSeq(node) || isScalar(node) ? node.toJS(document) : node;
}

function mergeMap(document: Document, map: YAMLMap<Node, Node | null>, value: Record<string, unknown>): Node {
  const keyOf = (pair: Pair<Node, Node | null>) => String(plain(document, pair.key));
  map.items = map.items.filter((pair) => Object.hasOwn(value, keyOf(pair)));
  for (const pair of map.items) pair.value = mergeNode(document, pair.value, value[keyOf(pair)]);
  const known = new Set(map.items.map(keyOf));
  for (const [key, each] of Object.entries(value)) {
    if (!known.has(key)) map.items.push(document.createPair(key, each) as Pair<Node, Node | null>);
  }
  return map;
}

function mergeList(document: Document, list: YAMLSeq<Node>, values: readonly unknown[]): Node {
  const wasEmpty = list.items.length === 0;
  const left = [...list.items];
  list.items = values.map((value) => {
    const at = left.findIndex((item) => isSame(plain(document, item), value));
    return (at === -1 ? undefined : left.splice(at, 1)[0]) ?? document.createNode(value);
  });
  if (wasEmpty) list.flow = false;
  return list;
}

function replaced(fresh: Node, old: unknown): Node {
  if (!isScalar(old) && !isMap(old) && !isSeq(old)) return fresh;
  if (old.commentBefore) fresh.commentBefore = old.commentBefore;
  if (old.comment) fresh.comment = old.comment;
  if (isScalar(old) && fresh instanceof Scalar && typeof fresh.value === 'string' && old.type?.startsWith('QUOTE')) {
    fresh.type = old.type;
  }
  return fresh;
}
