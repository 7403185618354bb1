import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, type Pair as YamlPair } from 'yaml';
import { describeValue } from '../describe-value.js';
import { quote } from '../key-path.js';
import { formatCount, type Limits } from '../limits.js';
import { nestingMessage, type ParsedYaml, type SyntaxProblem } from './syntax-problem.js';
import type { Pair, ScalarNode, TreeNode } from './syntax-tree.js';

/** Turns the library's nodes into our tree: aliases resolved within limits, keys texts and each only once. */
export function buildTree(contents: Node, limits: Limits): ParsedYaml {
  const builder = new TreeBuilder(limits);
  const root = builder.node(contents, 1);
  return { root, problems: builder.problems };
}

class TreeBuilder {
  readonly problems: SyntaxProblem[] = [];
  readonly #limits: Limits;
  /** Finished anchors. `undefined`: begun and not finished, so an alias to it would be a circle. */
  readonly #anchors = new Map<string, TreeNode | undefined>();
  /** Of the node that is being built. */
  readonly #path: (string | number)[] = [];
  #aliases = 0;
  #aliasedValues = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** `depth` is that of the node itself, 1 for the root. After a problem an empty scalar stands for the node. */
  node(node: Node, depth: number): TreeNode {
    if (isAlias(node)) return this.#alias(node, depth);
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    if (anchor === undefined) return this.#content(node, depth);
    this.#anchors.set(anchor, undefined);
    const tree = this.#content(node, depth);
    this.#anchors.set(anchor, tree);
    return tree;
  }

  #content(node: Node, depth: number): TreeNode {
    const at = offsetOf(node);
    if (isScalar(node)) return { kind: 'scalar', at, value: plainScalar(node.value) };
    if (depth > this.#limits.nesting) return this.#fail(at, nestingMessage(this.#limits));
    if (isSeq<Node>(node)) {
      return {
        kind: 'list',
        at,
        items: this.#items(node.items).map((item, position) => this.#below(position, item, depth)),
      };
    }
    if (isMap<Node, Node | null>(node)) return { kind: 'mapping', at, pairs: this.#pairs(node.items, depth) };
    return this.#fail(at, 'expected text, a number, true, false, a list or a mapping');
  }

  /** Bounds what one list can cost. Policies and entries have a limit of their own, over all files. */
  #items(items: readonly Node[]): readonly Node[] {
    const limit = this.#limits.listItems;
    const next = items[limit];
    if (!next) return items;
    const isPolicies = this.#path.length === 1 && this.#path[0] === 'policies';
    const what = isPolicies ? 'policies in all files' : 'items in one list; put entries in a list file';
    this.#path.push(limit);
    this.#fail(offsetOf(next), `more than ${formatCount(limit)} ${what}`);
    this.#path.pop();
    return items.slice(0, limit);
  }

  #pairs(items: readonly YamlPair<Node, Node | null>[], depth: number): Pair[] {
    const pairs: Pair[] = [];
    const seen = new Set<string>();
    for (const { key, value } of items) {
      const keyNode = this.node(key, depth + 1);
      const read = this.#key(keyNode, isAlias(key) ? offsetOf(key) : keyNode.at, seen);
      if (read === undefined) continue;
      pairs.push({ ...read, value: value ? this.#below(read.key, value, depth) : nothingAt(keyNode.at) });
    }
    return pairs;
  }

  #below(part: string | number, node: Node, depth: number): TreeNode {
    this.#path.push(part);
    const tree = this.node(node, depth + 1);
    this.#path.pop();
    return tree;
  }

  #key(node: TreeNode, keyAt: number, seen: Set<string>): { key: string; keyAt: number } | undefined {
    if (node.kind !== 'scalar' || typeof node.value !== 'string') {
      const got = node.kind === 'scalar' ? describeValue(node.value) : `a ${node.kind}`;
      const message = `expected text as a key, got ${got}; put quotes around it if it is meant as text`;
      this.#fail(keyAt, message, { discreet: 'expected text as a key; put quotes around it if it is meant as text' });
      return undefined;
    }
    if (seen.has(node.value)) {
      this.#fail(keyAt, `the key ${quote(node.value)} is already in this mapping; each key may be given once`, {
        key: node.value,
        discreet: 'this key is already in this mapping; each key may be given once',
      });
      return undefined;
    }
    seen.add(node.value);
    return { key: node.value, keyAt };
  }

  #alias(node: Alias, depth: number): TreeNode {
    const at = offsetOf(node);
    const name = quote(node.source);
    if (++this.#aliases > this.#limits.aliases) {
      const message = `more than ${formatCount(this.#limits.aliases)} aliases in one file; write the values out`;
      return this.#aliases === this.#limits.aliases + 1 ? this.#fail(at, message) : nothingAt(at);
    }
    if (!this.#anchors.has(node.source))
      return this.#fail(
        at,
        `no anchor ${name} before this alias; put quotes around ${quote(`*${node.source}`)} if it is meant as text`,
        { discreet: 'no such anchor before this alias; put quotes around a text that begins with *' },
      );
    const tree = this.#anchors.get(node.source);
    if (tree === undefined) {
      const discreet = 'the alias is inside its own anchor';
      return this.#fail(at, `the alias ${name} is inside its own anchor`, { discreet });
    }
    return this.#reuse(tree, at, depth);
  }

  /** The values behind an alias are counted as often as they will be read, before anybody reads them. */
  #reuse(tree: TreeNode, at: number, depth: number): TreeNode {
    const limit = this.#limits.aliasedValues;
    if (this.#aliasedValues > limit) return nothingAt(at);
    const height = this.#measure(tree);
    if (this.#aliasedValues > limit) {
      return this.#fail(at, `aliases stand for more than ${formatCount(limit)} values; write fewer aliases of aliases`);
    }
    if (depth + height - 1 > this.#limits.nesting) return this.#fail(at, nestingMessage(this.#limits));
    return tree;
  }

  /** Levels of mappings and lists; adds to the values counted, and stops once there are too many. */
  #measure(tree: TreeNode): number {
    this.#aliasedValues += 1;
    if (tree.kind === 'scalar' || this.#aliasedValues > this.#limits.aliasedValues) return 0;
    const children = tree.kind === 'list' ? tree.items : tree.pairs.map((pair) => pair.value);
    let height = 0;
    for (const child of children) height = Math.max(height, this.#measure(child));
    return height + 1;
  }

  /** `key`: the one at fault in the mapping that is being built. */
  #fail(at: number, message: string, about: { readonly key?: string; readonly discreet?: string } = {}): ScalarNode {
    const { key, ...rest } = about;
    if (this.problems.length <= this.#limits.errors)
      this.problems.push({ at, path: key === undefined ? [...this.#path] : [...this.#path, key], message, ...rest });
    return nothingAt(at);
  }
}

function offsetOf(node: Node): number {
  return node.range?.[0] ?? 0;
}

function nothingAt(at: number): ScalarNode {
  return { kind: 'scalar', at, value: null };
}

/** The core schema knows no other scalars; whatever a later version adds is read as its text. */
function plainScalar(value: unknown): ScalarNode['value'] {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  return String(value);
}
