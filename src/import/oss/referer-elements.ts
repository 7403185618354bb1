import { setImmediate } from 'node:timers/promises';
import { type SaxesAttribute, SaxesParser, type XMLDecl } from 'saxes';
import { shortened } from '../../printable.js';
import { quote } from '../../rules/key-path.js';
import { formatCount, LIMITS } from '../../rules/limits.js';
import type { ConfigurationProblem, XmlText } from './referer-configuration.js';

/** The elements of a bucket's configuration as they stand there. */
export interface RefererElements {
  readonly AllowEmptyReferer?: XmlText;
  readonly AllowTruncateQueryString?: XmlText;
  readonly TruncatePath?: XmlText;
  readonly RefererList: readonly XmlText[];
  readonly RefererBlacklist: readonly XmlText[];
}

const ROOT = 'RefererConfiguration';
const switches = ['AllowEmptyReferer', 'AllowTruncateQueryString', 'TruncatePath'] as const;
const lists = ['RefererList', 'RefererBlacklist'] as const;

/** Tencent COS has the same verb, query and root element. */
const elementsOfCos = ['Status', 'RefererType', 'DomainList', 'EmptyReferConfiguration'];

/** Depth of an element of our grammar is 3. */
const deepest = 8;

/** Characters that are read at a stretch: some milliseconds, and longer than the document of a usual bucket. */
const stretch = 16_384;

/**
 * Reads the document as it streams by, so that a large one that is something else ends at its first foreign element, and
 * one that is not lets others take their turn: a mebibyte of comments takes some 200 ms. Order is free, for SDKs differ
 * in it. A document type is refused: it could define entities that grow.
 */
export async function readElements(text: string): Promise<RefererElements | ConfigurationProblem> {
  const parser = new SaxesParser();
  const reader = new Reader(() => parser.line);
  // saxes says where it is, and ends its sentences.
  parser.on('error', ({ message }) =>
    reader.fail(`not readable as XML: ${message.replace(/^\d+:\d+: /, '').replace(/\.$/, '')}`),
  );
  parser.on('xmldecl', (declaration) => reader.declaration(declaration));
  parser.on('doctype', () => reader.fail('document type: leave <!DOCTYPE …> out'));
  parser.on('opentagstart', ({ name }) => reader.open(name));
  parser.on('attribute', (attribute) => reader.attribute(attribute));
  parser.on('text', (piece) => reader.text(piece));
  parser.on('cdata', (piece) => reader.text(piece));
  parser.on('closetag', () => reader.close());
  try {
    for (let at = 0; at < text.length; at += stretch) {
      if (at > 0) await setImmediate();
      parser.write(text.slice(at, at + stretch));
    }
    parser.close();
  } catch (error) {
    if (error instanceof Malformed) return { kind: 'malformed', line: error.line, problem: error.message };
    throw error;
  }
  return reader.result;
}

const longestProblem = 300;

/** Thrown by the handlers to end the parser's work, and never seen outside of this file. */
class Malformed extends Error {
  readonly line: number;

  constructor(problem: string, line: number) {
    super(problem);
    this.line = line;
  }
}

class Reader {
  readonly #line: () => number;
  readonly #path: string[] = [];
  /** `A/B` of every element that may come once and has come. */
  readonly #seen = new Set<string>();
  readonly #switches: { -readonly [K in (typeof switches)[number]]?: XmlText } = {};
  readonly #lists: Record<(typeof lists)[number], XmlText[]> = { RefererList: [], RefererBlacklist: [] };
  #text = '';
  #openedAt = 1;

  constructor(line: () => number) {
    this.#line = line;
  }

  get result(): RefererElements {
    return { ...this.#switches, ...this.#lists };
  }

  fail(problem: string): never {
    // A name may be as long as the document.
    throw new Malformed(shortened(problem, longestProblem), this.#line());
  }

  /**
   * The text has been read as UTF-8 by now; a document that calls itself something else would be misread. Scripts in
   * Python call it utf8, too.
   */
  declaration({ encoding }: XMLDecl): void {
    if (encoding !== undefined && !/^utf-?8$/i.test(encoding)) {
      this.fail(`encoding ${quote(encoding)}: expected UTF-8`);
    }
  }

  open(name: string): void {
    const parent = this.#path.join('/');
    if (this.#path.length >= deepest) this.fail(`elements nested more than ${deepest} deep`);
    this.#checkPlace(name, parent);
    this.#refuseText();
    this.#path.push(name);
    this.#text = '';
    this.#openedAt = this.#line();
  }

  attribute({ name }: SaxesAttribute): void {
    if (name !== 'xmlns') this.fail(`unknown attribute ${quote(name)}: no element of ${ROOT} has attributes`);
  }

  text(piece: string): void {
    this.#text += piece;
  }

  close(): void {
    const name = this.#path.at(-1);
    const inList = this.#path.length === 3 ? lists.find((list) => list === this.#path[1]) : undefined;
    const read = { text: this.#text.trim(), line: this.#openedAt };
    const isSwitch = switches.find((each) => each === name);
    if (inList !== undefined) this.#entry(this.#lists[inList], read);
    else if (isSwitch !== undefined) this.#switches[isSwitch] = read;
    else this.#refuseText();
    this.#path.pop();
    this.#text = '';
  }

  /** SDKs write an empty `<Referer/>` for an empty list. */
  #entry(list: XmlText[], read: XmlText): void {
    if (read.text === '') return;
    if (list.length >= LIMITS.inlineEntries) this.fail(`more than ${formatCount(LIMITS.inlineEntries)} entries`);
    list.push(read);
  }

  #checkPlace(name: string, parent: string): void {
    if (parent === ROOT && elementsOfCos.includes(name)) {
      this.fail(`<${name}> is an element of Tencent COS, whose lists are matched by other rules than those of OSS`);
    }
    const allowed = childrenOf(parent);
    if (!allowed.includes(name)) {
      const expected = allowed.length === 0 ? 'text' : allowed.map((each) => `<${each}>`).join(', ');
      this.fail(`unknown element <${name}>: expected ${expected}`);
    }
    if (name === 'Referer') return;
    if (this.#seen.has(name)) this.fail(`<${name}> is given twice`);
    this.#seen.add(name);
  }

  #refuseText(): void {
    const text = this.#text.trim();
    const name = this.#path.at(-1);
    if (text !== '' && name !== undefined) this.fail(`text ${quote(text)} in <${name}>, which holds elements`);
  }
}

function childrenOf(parent: string): readonly string[] {
  if (parent === '') return [ROOT];
  if (parent === ROOT) return [...switches, ...lists];
  return lists.some((list) => parent === `${ROOT}/${list}`) ? ['Referer'] : [];
}
