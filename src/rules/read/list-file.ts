import type { Place } from '../findings.js';
import { formatBytes, formatCount, type Limits } from '../limits.js';
import type { BadByte } from './decode-text.js';
import { type LineSink, LineSplitter } from './list-lines.js';
import { describeReadFailure, type OpenFile, readChunks } from './read-file.js';

/** Where what a list file holds goes. */
export interface ListTarget {
  /** The list file's name in errors, and the key that names it. */
  readonly file: string;
  readonly path: string;
  /** Takes an entry; returns what is wrong with it. `full`: no more are taken. */
  add(text: string): { problem?: string; full?: boolean } | undefined;
  /** Takes an error. */
  wrong(place: Place, message: string): void;
  /** Sees every byte. */
  bytes(chunk: Buffer): void;
}

/**
 * Reads a list file: one entry a line, CR LF and white space around it no part of it, blank lines and `#` comments
 * left out. It is streamed, so that a gigabyte is never in memory. False: it was not read to its end.
 */
export async function readListFile(file: OpenFile, target: ListTarget, limits: Limits): Promise<boolean> {
  const lines = new ListLines(target, limits);
  const splitter = new LineSplitter(lines);
  try {
    for await (const chunk of readChunks(file, limits.listFileBytes)) {
      target.bytes(chunk);
      if (!splitter.push(chunk) || lines.full) return false;
    }
    splitter.finish();
    return true;
  } catch (error) {
    target.wrong({ file: target.file, line: 1, column: 1, path: target.path }, describeReadFailure(error));
    return false;
  } finally {
    lines.close();
  }
}

/** The lines of one list file, and the errors in them, of which only the first are told one by one. */
class ListLines implements LineSink {
  full = false;
  readonly #target: ListTarget;
  readonly #limits: Limits;
  #errors = 0;
  #firstUntold: Place | undefined;

  constructor(target: ListTarget, limits: Limits) {
    this.#target = target;
    this.#limits = limits;
  }

  text(text: string, line: number): void {
    const entry = entryOf(text);
    if (entry === '' || this.full) return;
    const added = this.#target.add(entry);
    if (added?.full) this.full = true;
    if (added?.problem !== undefined) this.#wrong(line, text.indexOf(entry) + 1, added.problem);
  }

  tooLong(beginning: string, line: number): void {
    if (entryOf(beginning) !== '') this.#wrong(line, 1, `longer than ${formatBytes(this.#limits.patternBytes)}`);
  }

  noText(bad: BadByte, line: number, column: number): void {
    this.#wrong(line, column, bad.message);
  }

  close(): void {
    const more = this.#errors - this.#limits.errorsShown;
    if (this.#firstUntold) this.#target.wrong(this.#firstUntold, `… and ${formatCount(more)} more errors in this file`);
  }

  #wrong(line: number, column: number, message: string): void {
    const place = { file: this.#target.file, line, column, path: this.#target.path };
    if (++this.#errors <= this.#limits.errorsShown) this.#target.wrong(place, message);
    else this.#firstUntold ??= place;
  }
}

/** A `#` is no part of any entry, so what follows one after white space is a comment too. */
function entryOf(line: string): string {
  const text = line.trim();
  if (!text.includes('#')) return text;
  const comment = text.search(/(?:^|\s)#/);
  return comment === -1 ? text : text.slice(0, comment).trimEnd();
}
