import { isMap, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { isMapping } from '../../is-mapping.js';
import { isSame } from '../plain-value.js';
import { arrange, commentLines } from './arrange.js';
import { matchItems } from './match-items.js';
import { renderBlock, renderInFlow } from './render-yaml.js';
import { NotEditable, type YamlSource } from './yaml-source.js';

/** A value between brackets that says `value`; the items that say so already are as they were. */
export function editFlow(source: YamlSource, node: Node, value: unknown): string {
  const [start, end] = source.rangeOf(node);
  if (isSame(source.plain(node), value)) return source.slice(start, end);
  // A comment takes the rest of its line, and there may be nothing else to break it after.
  if (source.commentsIn(start, end).length > 0) throw new NotEditable('a comment between brackets');
  const padding = source.text[start + 1] === ' ' ? ' ' : '';
  if (isSeq<Node>(node) && Array.isArray(value)) return brackets('[]', padding, flowItems(source, node, value));
  if (isMap<Node, Node | null>(node) && isMapping(value))
    return brackets('{}', padding, flowPairs(source, node, value));
  return renderInFlow(value);
}

function brackets(pair: '[]' | '{}', padding: string, items: readonly string[]): string {
  return items.length === 0 ? pair : `${pair[0]}${padding}${items.join(', ')}${padding}${pair[1]}`;
}

function flowItems(source: YamlSource, list: YAMLSeq<Node>, values: readonly unknown[]): string[] {
  return matchNodes(source, list, values).map(({ node, value }) =>
    node === undefined ? renderInFlow(value) : editFlow(source, node, value),
  );
}

function matchNodes(source: YamlSource, { items }: YAMLSeq<Node>, values: readonly unknown[]) {
  const olds = items.map((node) => source.plain(node));
  return matchItems(olds, values).map((from, position) => ({
    from,
    node: from === undefined ? undefined : items[from],
    value: values[position],
  }));
}

/** A list that was between brackets, an item a line, with its comments. */
export function unbracket(source: YamlSource, list: YAMLSeq<Node>, values: readonly unknown[], indent: number): string {
  const lines = (comment: string | null | undefined) => commentLines(commentsOf(comment), indent);
  const olds = list.items.map(({ commentBefore, comment }) => ({
    lead: lines(commentBefore),
    comments: lines(comment),
  }));
  const parts = matchNodes(source, list, values).map(({ from, node, value }) => ({
    from,
    text: node === undefined ? renderBlock([value], indent).slice(indent) : line(source, node, value),
  }));
  return arrange(parts, olds, indent);
}

function line(source: YamlSource, node: Node, value: unknown): string {
  // Of several comments, the first is that of the line.
  return `- ${[editFlow(source, node, value), ...commentsOf(node.comment)].join(' ')}\n`;
}

/** The library has the comments of a node as one text, a line each, without their `#`. */
function commentsOf(comment: string | null | undefined): string[] {
  return comment ? comment.split('\n').map((text) => `#${text}`) : [];
}

function flowPairs(source: YamlSource, map: YAMLMap<Node, Node | null>, value: Record<string, unknown>): string[] {
  const pairs = new Map(map.items.map((pair) => [String(source.plain(pair.key)), pair]));
  const kept = [...pairs].filter(([key]) => Object.hasOwn(value, key));
  const added = Object.entries(value).filter(([key]) => !pairs.has(key));
  return [
    ...kept.map(([key, pair]) => editPair(source, pair, value[key])),
    ...added.map(([key, each]) => `${renderInFlow(key)}: ${renderInFlow(each)}`),
  ];
}

function editPair(source: YamlSource, pair: Pair<Node, Node | null>, value: unknown): string {
  if (pair.value === null) throw new NotEditable('a key without a value');
  return source.slice(source.rangeOf(pair.key)[0], source.rangeOf(pair.value)[0]) + editFlow(source, pair.value, value);
}
