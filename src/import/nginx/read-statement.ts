import { endOfLuaBlock } from './lua-block.js';

/** What stands up to a `;`, a `{` or a `}`. */
export type Statement =
  | { readonly kind: 'simple'; readonly words: readonly string[]; readonly line: number }
  | { readonly kind: 'opening'; readonly words: readonly string[]; readonly line: number }
  | { readonly kind: 'closing'; readonly line: number }
  | { readonly kind: 'end'; readonly line: number }
  | { readonly kind: 'problem'; readonly problem: string; readonly line: number };

const ESCAPED = /\\(["'\\trn])/g;
const ESCAPES: Readonly<Record<string, string>> = { t: '\t', r: '\r', n: '\n' };
const SPACE = ' \t\r\n';
const END_OF_WORD = `${SPACE};{`;
const AFTER_QUOTE = `${SPACE};{)`;

/**
 * Splits a configuration as nginx does (`ngx_conf_read_token` of src/core/ngx_conf_file.c), with its oddities: quotes
 * count only where a word begins, `#` too, and after a closing quote only white space, `;`, `{` or `)` may follow.
 */
export class StatementReader {
  readonly #text: string;
  #position = 0;
  #line = 1;
  /** Where the line of the position ends. */
  #lineEnd: number;

  constructor(text: string) {
    this.#text = text;
    this.#lineEnd = endOfLine(text, 0);
  }

  next(): Statement {
    const words: string[] = [];
    this.#skipBlank();
    const line = this.#line;
    for (;;) {
      const character = this.#text[this.#position];
      if (character === undefined) return this.#atEnd(words, line);
      if (character === ';' || character === '{' || character === '}') return this.#atMark(character, words, line);
      const problem =
        character === '"' || character === "'" ? this.#quotedWord(character, words) : this.#plainWord(words);
      if (problem !== undefined) return { kind: 'problem', problem, line: this.#line };
      this.#skipBlank();
    }
  }

  /** A block of Lua, of which the opening brace has been read. `undefined`: it does not end. */
  luaBlock(): string | undefined {
    const start = this.#position;
    const end = endOfLuaBlock(this.#text, start);
    this.#advance(end ?? this.#text.length);
    return end === undefined ? undefined : this.#text.slice(start, end - 1);
  }

  #atEnd(words: readonly string[], line: number): Statement {
    if (words.length === 0) return { kind: 'end', line };
    return { kind: 'problem', problem: 'the file ends where ";" or "{" is expected', line };
  }

  #atMark(mark: ';' | '{' | '}', words: readonly string[], line: number): Statement {
    this.#position += 1;
    if (mark === '}') {
      if (words.length === 0) return { kind: 'closing', line };
      return { kind: 'problem', problem: 'unexpected "}"; is a ";" missing before it?', line: this.#line };
    }
    if (words.length === 0) return { kind: 'problem', problem: `unexpected "${mark}"`, line };
    return { kind: mark === ';' ? 'simple' : 'opening', words, line };
  }

  #quotedWord(quote: '"' | "'", words: string[]): string | undefined {
    const start = this.#position + 1;
    const end = closingQuote(this.#text, start, quote);
    if (end < 0) return `the ${quote} that begins here is never closed`;
    words.push(unescaped(this.#text.slice(start, end)));
    this.#advance(end + 1);
    const next = this.#text[this.#position];
    if (next === undefined || AFTER_QUOTE.includes(next)) return undefined;
    return `unexpected ${JSON.stringify(next)} after a closing quote`;
  }

  #plainWord(words: string[]): undefined {
    const end = endOfPlainWord(this.#text, this.#position);
    words.push(unescaped(this.#text.slice(this.#position, end)));
    this.#advance(end);
  }

  #skipBlank(): void {
    let position = this.#position;
    while (position < this.#text.length) {
      const character = this.#text[position] as string;
      if (character === '#') position = endOfLine(this.#text, position);
      else if (SPACE.includes(character)) position += 1;
      else break;
    }
    this.#advance(position);
  }

  #advance(to: number): void {
    while (this.#lineEnd < to) {
      this.#line += 1;
      this.#lineEnd = endOfLine(this.#text, this.#lineEnd + 1);
    }
    this.#position = to;
  }
}

/** A brace after `$` belongs to a word: `${name}`. By index and not by regex, whose stack long words would exhaust. */
function endOfPlainWord(text: string, from: number): number {
  let variable = false;
  for (let i = from; i < text.length; i++) {
    const character = text[i] as string;
    if (character === '{' && variable) continue;
    if (END_OF_WORD.includes(character)) return i;
    variable = character === '$';
    if (character === '\\') i += 1;
  }
  return text.length;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function closingQuote(text: string, from: number, quote: string): number {
  for (let i = from; i < text.length; i++) {
    if (text[i] === '\\') i += 1;
    else if (text[i] === quote) return i;
  }
  return -1;
}

/** A backslash before any other character stays, which is what regular expressions live on: `\.` is `\.`. */
function unescaped(raw: string): string {
  return raw.replace(ESCAPED, (_whole, character: string) => ESCAPES[character] ?? character);
}
