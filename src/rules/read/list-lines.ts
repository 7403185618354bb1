import { type BadByte, findBadByte } from './decode-text.js';

/** What a list file holds, line by line. */
export interface LineSink {
  /** A line without its end. `line` counts from 1. */
  text(text: string, line: number): void;
  /** A line that was too long to be kept; `beginning` is its first part. */
  tooLong(beginning: string, line: number): void;
  /** A byte that no text holds; nothing follows. `column` counts bytes, from 1. */
  noText(bad: BadByte, line: number, column: number): void;
}

/** No entry is near as long; a comment may be. Bounds what a file without line ends can make us hold. */
const LONGEST_LINE = 64 * 1024;

const LF = 0x0a;

/**
 * Cuts chunks of bytes into lines. Whole blocks are checked and decoded at once, which is several times faster than
 * line by line: a million lines take a fraction of a second.
 */
export class LineSplitter {
  readonly #sink: LineSink;
  #rest: Buffer = Buffer.alloc(0);
  #line = 1;
  #skipping: boolean = false;

  constructor(sink: LineSink) {
    this.#sink = sink;
  }

  /** False: the file is no text, and reading on is of no use. */
  push(chunk: Buffer): boolean {
    let bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    if (this.#skipping) bytes = this.#skipTo(bytes);
    const end = bytes.lastIndexOf(LF);
    this.#rest = bytes.subarray(end + 1);
    if (end !== -1 && !this.#lines(bytes.subarray(0, end))) return false;
    return this.#rest.length <= LONGEST_LINE || this.#dropLine();
  }

  /** The last line, which may lack its end. */
  finish(): void {
    if (this.#rest.length > 0 && !this.#skipping) this.#lines(this.#rest);
  }

  #lines(block: Buffer): boolean {
    const bad = findBadByte(block);
    if (bad) {
      this.#reportBad(block, bad);
      return false;
    }
    for (const text of block.toString('utf8').split('\n')) {
      if (this.#skipping) this.#skipping = false;
      else this.#sink.text(this.#line === 1 && text.startsWith(BOM) ? text.slice(1) : text, this.#line);
      this.#line += 1;
    }
    return true;
  }

  #reportBad(block: Buffer, bad: BadByte): void {
    const before = block.subarray(0, bad.offset);
    const lineStart = before.lastIndexOf(LF) + 1;
    let line = this.#line;
    for (let at = before.indexOf(LF); at !== -1; at = before.indexOf(LF, at + 1)) line += 1;
    this.#sink.noText(bad, line, bad.offset - lineStart + 1);
  }

  /** The rest of a line that was too long: as if it were empty, its end included. */
  #skipTo(bytes: Buffer): Buffer {
    const end = bytes.indexOf(LF);
    return end === -1 ? bytes.subarray(bytes.length) : bytes.subarray(end);
  }

  #dropLine(): boolean {
    const bad = findBadByte(this.#rest);
    // What is bad at the very end may be a character of which the rest is still to come.
    if (bad && bad.offset < this.#rest.length - MAX_CHARACTER) {
      this.#reportBad(this.#rest, bad);
      return false;
    }
    this.#sink.tooLong(this.#rest.toString('utf8', 0, 100), this.#line);
    this.#skipping = true;
    this.#rest = Buffer.alloc(0);
    return true;
  }
}

/** Bytes of the longest UTF-8 character. */
const MAX_CHARACTER = 4;

const BOM = '\ufeff';
