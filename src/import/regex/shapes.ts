import { LIMITS } from '../../rules/limits.js';

/**
 * What a simple expression covers, as whole texts with two kinds of gaps: `^http://(www\.)?a\.example` covers
 * `http://a.example` and `http://www.a.example`, each followed by any run. The gaps are characters for private use.
 */
export type Shape = string;

/** Any run of characters, also none. */
export const RUN = '\u{f0001}';
/** Any one character. */
export const ANY = '\u{f0002}';

/** Anchors; they stay within this file. */
const START = '\u{f0003}';
const END = '\u{f0004}';

/** Longer ones are not written by hand, and would be no entry of a rule file either. */
export const longestExpression = 4096;

/** Of a named group, with its brackets; PCRE has at most 32 characters for the name. */
const longestName = 40;

/** More alternatives than this are no list that somebody wrote by hand. */
const mostShapes = 64;

/**
 * The texts that an expression covers, found anywhere in them unless it is anchored. `undefined` for one that says more
 * than literals, classes of some of them, `.`, `.*`, `.+`, `?`, groups, alternatives and anchors at both ends.
 */
export function shapesOf(expression: string): readonly Shape[] | undefined {
  if (expression.length > longestExpression || /[\u{f0001}-\u{f0004}]/u.test(expression)) return undefined;
  const parser = new Parser(expression);
  try {
    return [...new Set(parser.parse().map(complete))];
  } catch (error) {
    if (error instanceof NotSimple) return undefined;
    throw error;
  }
}

/** The texts that an expression covers, if they are few and whole: `jpe?g` is `jpeg` and `jpg`. */
export function wordsOf(expression: string): readonly string[] | undefined {
  const shapes = shapesOf(`^(?:${expression})$`);
  return shapes?.every((shape) => !shape.includes(RUN) && !shape.includes(ANY)) === true ? shapes : undefined;
}

class NotSimple extends Error {}

/** Puts runs where there is no anchor. An anchor elsewhere than at its end could hold nowhere, or needs no thought. */
function complete(piece: string): Shape {
  const start = piece.startsWith(START) ? piece.slice(START.length) : RUN + piece;
  const whole = start.endsWith(END) ? start.slice(0, -END.length) : start + RUN;
  if (whole.includes(START) || whole.includes(END)) throw new NotSimple();
  return whole.replace(/(?:\u{f0001}){2,}/gu, RUN);
}

/** Recursive descent; each method gives the alternatives of what it has read. */
class Parser {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  parse(): readonly string[] {
    const found = this.#alternatives();
    if (this.#at < this.#text.length) throw new NotSimple();
    return found;
  }

  #alternatives(): readonly string[] {
    if (++this.#depth > 20) throw new NotSimple();
    const found = [...this.#sequence()];
    while (this.#take('|')) found.push(...this.#sequence());
    this.#depth -= 1;
    return limited(found);
  }

  #sequence(): readonly string[] {
    let found: readonly string[] = [''];
    while (this.#at < this.#text.length && !'|)'.includes(this.#text.charAt(this.#at))) {
      const next = this.#quantified(this.#atom());
      found = limited(found.flatMap((before) => next.map((after) => before + after)));
    }
    return found;
  }

  #quantified(atom: readonly string[]): readonly string[] {
    const isAny = atom.length === 1 && atom[0] === ANY;
    const sign = this.#text.charAt(this.#at);
    if (sign === '{') throw new NotSimple();
    if (!'?*+'.includes(sign) || sign === '') return atom;
    this.#at += 1;
    // Lazy ones cover the same texts.
    this.#take('?');
    if (sign === '?') return limited([...atom, '']);
    if (!isAny) throw new NotSimple();
    return sign === '*' ? [RUN] : [ANY + RUN];
  }

  #atom(): readonly string[] {
    const character = this.#next();
    if (character === '(') return this.#group();
    if (character === '[') return this.#oneOf();
    if (character === '.') return [ANY];
    if (character === '^') return [START];
    if (character === '$') return [END];
    if (character === '\\') return [this.#escaped()];
    if ('*+?{'.includes(character)) throw new NotSimple();
    return [character];
  }

  /** Named or not: `(a)`, `(?:a)`, `(?<name>a)`. */
  #group(): readonly string[] {
    const named = /^\?P?<\w+>/.exec(this.#text.slice(this.#at, this.#at + longestName))?.[0];
    if (named !== undefined) this.#at += named.length;
    else if (this.#take('?') && !this.#take(':')) throw new NotSimple();
    const found = this.#alternatives();
    if (!this.#take(')')) throw new NotSimple();
    return found;
  }

  /** A class of some characters: `[.]`, `[34]`. One of a range or of all others is none of a few. */
  #oneOf(): readonly string[] {
    const found: string[] = [];
    do {
      const character = this.#next();
      if (character === '-' || character === '^') throw new NotSimple();
      found.push(character === '\\' ? this.#escaped() : character);
    } while (!this.#take(']'));
    return limited(found);
  }

  /** A letter or a digit after a backslash is a class or an assertion. */
  #escaped(): string {
    const character = this.#next();
    if (/[a-z0-9]/i.test(character)) throw new NotSimple();
    return character;
  }

  #next(): string {
    const character = this.#text.codePointAt(this.#at);
    if (character === undefined) throw new NotSimple();
    const text = String.fromCodePoint(character);
    this.#at += text.length;
    return text;
  }

  #take(character: string): boolean {
    const isThere = this.#text.charAt(this.#at) === character;
    if (isThere) this.#at += 1;
    return isThere;
  }
}

function limited(found: readonly string[]): readonly string[] {
  if (found.length > mostShapes) throw new NotSimple();
  return found;
}

/** A shape as a glob in which a run is written so; `undefined` where a literal would be a wildcard, or it is too long. */
export function asGlob(shape: Shape, run: '*' | '**'): string | undefined {
  if (/[*?]/.test(shape)) return undefined;
  const glob = shape.replaceAll(RUN, run).replaceAll(ANY, '?');
  return Buffer.byteLength(glob) <= LIMITS.patternBytes ? glob : undefined;
}
