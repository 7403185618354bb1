/** A line without its end, or the beginning of one that is too long to be kept. */
export type LogLine = string | { readonly tooLong: string };

/** In UTF-16 units. nginx takes 32 KiB of headers by default and may write four characters for a byte. */
export const longestLine = 256 * 1024;

/** A UTF-16 unit is at most three bytes, also where U+FFFD stands for bytes that are no UTF-8. */
const mostBytes = 3 * longestLine;

/** How much of a line that is too long is kept to show it. */
const shownOfTooLong = 1024;

const LF = 0x0a;

/**
 * Cuts chunks of bytes into lines, read as UTF-8 with U+FFFD for what is none. Holds one line at most, and not more of
 * it than its bound. Whole blocks are decoded at once, which is several times faster than line by line.
 */
export class LineCutter {
  /** The pieces of the line that has not ended; joined once, or many small chunks would cost their square. */
  #rest: Buffer[] = [];
  #restLength = 0;

  /** The lines that end in this chunk. */
  push(chunk: Buffer): LogLine[] {
    const firstEnd = chunk.indexOf(LF);
    if (firstEnd < 0) {
      this.#keep(chunk);
      return [];
    }
    const lastEnd = chunk.lastIndexOf(LF);
    this.#keep(chunk.subarray(0, firstEnd));
    const lines: LogLine[] = [this.#takeRest()];
    if (lastEnd > firstEnd)
      for (const text of decode(chunk.subarray(firstEnd + 1, lastEnd)).split('\n')) lines.push(bounded(text));
    this.#keep(chunk.subarray(lastEnd + 1));
    return lines;
  }

  /** The last line, which may lack its end; `undefined` when every line has ended. */
  finish(): LogLine | undefined {
    return this.#restLength === 0 ? undefined : this.#takeRest();
  }

  #keep(piece: Buffer): void {
    if (piece.length > 0 && this.#restLength <= mostBytes) this.#rest.push(piece);
    this.#restLength += piece.length;
  }

  #takeRest(): LogLine {
    const line = Buffer.concat(this.#rest);
    const isCut = this.#restLength > mostBytes;
    this.#rest = [];
    this.#restLength = 0;
    return isCut ? { tooLong: decode(line.subarray(0, shownOfTooLong)) } : bounded(decode(line));
  }
}

function decode(bytes: Buffer): string {
  return bytes.toString('utf8');
}

function bounded(text: string): LogLine {
  if (text.length > longestLine) return { tooLong: text.slice(0, shownOfTooLong) };
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}
