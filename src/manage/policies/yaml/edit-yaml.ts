import { isMap, isSeq, type Node } from 'yaml';
import { isMapping } from '../../is-mapping.js';
import { isSame } from '../plain-value.js';
import { arrange, commentLines, endLine, type Part } from './arrange.js';
import { editFlow, unbracket } from './edit-flow.js';
import { matchItems } from './match-items.js';
import { renderBlock, renderInline } from './render-yaml.js';
import { type Block, type BlockItem, indentOf, isBlock, NotEditable, YamlSource } from './yaml-source.js';

/**
 * A YAML text that says `value`, in which every line that says it already is as it was. A comment stays where it
 * stands, also when what it stood at goes. Throws `NotEditable` where that cannot be done in part. The caller has to read
 * what comes out: a changed anchor changes all that refers to it.
 *
 * @param text - without mistakes
 */
export function editYaml(text: string, value: Record<string, unknown>): string {
  const source = new YamlSource(text);
  const root = source.document.contents;
  if (root === null || !isOfKind(root, value)) throw new NotEditable('no mapping');
  const [start, end] = isBlock(root) ? placeOf(source, root) : source.rangeOf(root);
  const edited = isBlock(root) ? editBlock(source, root, value) : editFlow(source, root, value);
  const whole = source.slice(0, start) + edited + source.slice(end, source.text.length);
  return text.includes('\r\n') ? whole.replace(/\r?\n/g, '\r\n') : whole;
}

/** From the start of the first item to behind the line of the last. */
function placeOf(source: YamlSource, block: Block): readonly [start: number, end: number] {
  const items = source.itemsOf(block);
  return [items[0]?.start ?? 0, items.at(-1)?.end ?? 0];
}

/** Whether a value can be made by changing items of the node. */
function isOfKind(node: Node, value: unknown): boolean {
  if (isSeq(node)) return Array.isArray(value) && value.length > 0 && node.items.length > 0;
  return isMap(node) && isMapping(value) && Object.keys(value).length > 0 && node.items.length > 0;
}

/** What stands at the block's place; `value` is of its kind. */
function editBlock(source: YamlSource, block: Block, value: unknown): string {
  const items = source.itemsOf(block);
  const indent = indentOf(source, items[0]);
  const olds = items.map(({ start, end }, position) => ({
    lead: position === 0 ? '' : source.slice(items[position - 1]?.end ?? 0, source.lineStart(start)),
    comments: commentLines(source.commentsIn(start, end), indent),
  }));
  const parts = Array.isArray(value) ? listParts(source, items, value) : mapParts(source, items, value as object);
  // The first line goes on where the text before it ends.
  return arrange(parts, olds, indent).replace(/^[ \n\r]+/, '');
}

function listParts(source: YamlSource, items: readonly BlockItem[], values: readonly unknown[]): Part[] {
  const olds = items.map((item) => source.plain(item.value));
  const indent = indentOf(source, items[0]);
  return matchItems(olds, values).map((from, position) => {
    const item = from === undefined ? undefined : items[from];
    const value = values[position];
    return { from, text: item ? editItem(source, item, value) : renderBlock([value], indent).slice(indent) };
  });
}

function mapParts(source: YamlSource, items: readonly BlockItem[], value: object): Part[] {
  const left = new Map<string | undefined, unknown>(Object.entries(value));
  const indent = indentOf(source, items[0]);
  const parts: Part[] = [];
  for (const [from, item] of items.entries()) {
    if (left.has(item.key)) parts.push({ from, text: editItem(source, item, left.get(item.key)) });
    left.delete(item.key);
  }
  for (const [key, each] of left) {
    parts.push({ from: undefined, text: renderBlock({ [String(key)]: each }, indent).slice(indent) });
  }
  return parts;
}

/** An item with another value, from its hyphen or key to behind its last line. */
function editItem(source: YamlSource, item: BlockItem, value: unknown): string {
  const { start, end, value: node } = item;
  if (isSame(source.plain(node), value)) return source.slice(start, end);
  if (isBlock(node) && isOfKind(node, value)) {
    return source.slice(start, placeOf(source, node)[0]) + editBlock(source, node, value);
  }
  const line = lineFor(source, item, value);
  return line === undefined ? asBlock(source, item, value) : asLine(source, item, line);
}

/** Longer lists do not stay between brackets. */
const LONGEST_LINE = 120;

/** The value on one line, where it belongs there. */
function lineFor(source: YamlSource, item: BlockItem, value: unknown): string | undefined {
  const node = item.value;
  const isEmpty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  if (isEmpty || typeof value !== 'object') return renderInline(value, node);
  if (isBlock(node) || !isOfKind(node, value)) return undefined;
  if (isSeq(node) && source.commentsIn(...source.rangeOf(node)).length > 0) return undefined;
  const line = editFlow(source, node, value);
  const isLong = indentOf(source, item) + (item.key?.length ?? 0) + line.length > LONGEST_LINE;
  return isSeq(node) && isLong ? undefined : line;
}

/** Head, value, and the comments of what was there, of which the first may go on in the same line. */
function asLine(source: YamlSource, item: BlockItem, line: string): string {
  const { value: node, start, headEnd, end } = item;
  const lines = (from: number, to: number) => commentLines(source.commentsIn(from, to), indentOf(source, item));
  if (!isBlock(node)) {
    const [from, to] = source.rangeOf(node);
    return `${source.slice(start, from)}${line}${endLine(source.slice(to, end))}${lines(from, to)}`;
  }
  const [first] = placeOf(source, node);
  const between = endLine(source.slice(headEnd, source.lineStart(first)));
  return `${source.slice(start, headEnd)} ${line}${between}${lines(first, end)}`;
}

/** Head, and the value on lines of its own below. */
function asBlock(source: YamlSource, item: BlockItem, value: unknown): string {
  const { value: node, start, headEnd, end } = item;
  const indent = indentOf(source, item) + 2;
  const head = source.slice(start, headEnd);
  if (isSeq<Node>(node) && node.flow && Array.isArray(value)) {
    return head + endLine(source.slice(source.rangeOf(node)[1], end)) + unbracket(source, node, value, indent);
  }
  return `${head}\n${commentLines(source.commentsIn(headEnd, end), indent)}${renderBlock(value, indent)}`;
}
