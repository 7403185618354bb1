import {
  CST,
  type Document,
  isMap,
  isSeq,
  Lexer,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';

/** A collection in block style: every item but the first begins on a line of its own. */
export type Block = YAMLMap<Node, Node | null> | YAMLSeq<Node>;

/** An item of such a collection, with offsets in the text. */
export interface BlockItem {
  /** Of the hyphen or the key. */
  readonly start: number;
  /** Behind the hyphen or the colon. */
  readonly headEnd: number;
  /** Behind its last line. */
  readonly end: number;
  readonly value: Node;
  /** `undefined` in a list. */
  readonly key: string | undefined;
}

/** A text that cannot be changed in part: there are comments between brackets inside of brackets, for one. */
export class NotEditable extends Error {
  override readonly name = 'NotEditable';
}

/** A YAML text without mistakes, and where everything is in it. */
export class YamlSource {
  readonly text: string;
  readonly document: Document.Parsed;
  readonly #comments: readonly Comment[];

  constructor(text: string) {
    // Then every line has an end.
    this.text = text.endsWith('\n') ? text : `${text}\n`;
    const options = { schema: 'core', merge: false, uniqueKeys: false, logLevel: 'silent' } as const;
    this.document = parseDocument(this.text, { ...options, keepSourceTokens: true });
    this.#comments = commentsOf(this.text);
  }

  slice(start: number, end: number): string {
    return this.text.slice(start, end);
  }

  plain(node: Node): unknown {
    return node.toJS(this.document);
  }

  /** The comments between two offsets, each from its `#` on. */
  commentsIn(start: number, end: number): string[] {
    return this.#comments.filter(({ offset }) => start <= offset && offset < end).map(({ source }) => source);
  }

  lineStart(offset: number): number {
    return this.text.lastIndexOf('\n', offset - 1) + 1;
  }

  /** Behind the line; a block scalar ends there itself. */
  lineEnd(offset: number): number {
    return this.text[offset - 1] === '\n' ? offset : this.text.indexOf('\n', offset) + 1;
  }

  /** Where a value is that is in no block style, without the comment behind it. */
  rangeOf({ range }: Node): readonly [start: number, end: number] {
    if (!range) throw new NotEditable('a value without a place');
    return [range[0], range[1]];
  }

  itemsOf(block: Block): BlockItem[] {
    const tokens = (block.srcToken as CST.BlockMap | CST.BlockSequence).items.filter(isItem);
    if (tokens.length !== block.items.length) throw new NotEditable('an item without a place');
    return block.items.map((item, position) => this.#item(item, tokens[position] as ItemToken));
  }

  #item(item: Node | Pair<Node, Node | null>, token: ItemToken): BlockItem {
    const [key, value] = 'key' in item ? [String(this.plain(item.key)), item.value] : [undefined, item];
    const first = [...token.start, ...(token.key ? [token.key] : [])].find(({ type }) => !SPACES.has(type));
    const head = [...token.start, ...(token.sep ?? [])].find(({ type }) => HEADS.has(type));
    if (first === undefined || head === undefined || value === null) throw new NotEditable('an item of another form');
    const end = isBlock(value) ? this.itemsOf(value).at(-1)?.end : this.lineEnd(this.rangeOf(value)[1]);
    return { start: first.offset, headEnd: head.offset + 1, end: end ?? 0, value, key };
  }
}

/** Whether a collection is in block style; those have an item at least. */
export function isBlock(node: unknown): node is Block {
  return (isMap(node) || isSeq(node)) && !node.flow;
}

/** How far an item is indented. */
export function indentOf(source: YamlSource, item: BlockItem | undefined): number {
  return item === undefined ? 0 : item.start - source.lineStart(item.start);
}

const SPACES: ReadonlySet<string> = new Set(['space', 'comment', 'newline']);
const HEADS: ReadonlySet<string> = new Set(['seq-item-ind', 'map-value-ind']);

type ItemToken = CST.CollectionItem;

/** Comments at the end of a collection are an item of their own in the syntax. */
function isItem({ start, key, sep }: ItemToken): boolean {
  return key !== undefined || sep !== undefined || start.some(({ type }) => type === 'seq-item-ind');
}

/** A comment, and where it is. */
export interface Comment {
  readonly offset: number;
  /** From its `#` on. */
  readonly source: string;
}

/** The comments of a YAML text, by the lexer alone, which tells a comment from a `#` in a text. */
export function commentsOf(text: string): Comment[] {
  const found: Comment[] = [];
  let offset = 0;
  let before = '';
  for (const source of new Lexer().lex(text)) {
    if (source.startsWith('#') && before !== CST.SCALAR) found.push({ offset, source });
    if (!MARKS.has(source)) offset += source.length;
    before = source;
  }
  return found;
}

/** What the lexer says between the parts of the text. */
const MARKS: ReadonlySet<string> = new Set([CST.DOCUMENT, CST.FLOW_END, CST.SCALAR]);
