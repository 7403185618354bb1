import { isUtf8 } from 'node:buffer';
import { TextLines } from './text-lines.js';

/** A byte that no text holds, and where it is. */
export interface BadByte {
  readonly offset: number;
  readonly message: string;
}

/** Why bytes are no text, and where, counted from 1. */
export interface NoText {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** A file's bytes as text, without a byte order mark. */
export function textOf(bytes: Buffer): string | NoText {
  const bad = findBadByte(bytes);
  if (bad === undefined) return bytes.toString('utf8').replace(/^\ufeff/, '');
  const before = bytes.toString('utf8', 0, bad.offset);
  return { ...new TextLines(before).locate(before.length), message: bad.message };
}

/** The first byte of a buffer that is NUL or no part of UTF-8; `undefined`: all of it is text. */
export function findBadByte(bytes: Buffer): BadByte | undefined {
  const nul = bytes.indexOf(0);
  const broken = isUtf8(bytes) ? -1 : firstBrokenByte(bytes);
  const offset = nul === -1 || (broken !== -1 && broken < nul) ? broken : nul;
  if (offset === -1) return undefined;
  const value = (bytes[offset] ?? 0).toString(16).toUpperCase().padStart(2, '0');
  const reason = offset === nul ? 'is never part of a text' : 'is not UTF-8';
  return { offset, message: `not a text file: the byte 0x${value} ${reason}; save it as UTF-8 text` };
}

/** Bisection over the length of the longest readable beginning: Node tells whether bytes are UTF-8, not until where. */
function firstBrokenByte(bytes: Buffer): number {
  let good = 0;
  let bad = bytes.length + 1;
  while (bad - good > 1) {
    const middle = (good + bad) >>> 1;
    if (beginsWell(bytes.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  // The last character of a good beginning may be cut off; the error is where that character begins.
  while (good > 0 && !isUtf8(bytes.subarray(0, good))) good -= 1;
  return good;
}

/** True for UTF-8, also where the last character is not complete. */
function beginsWell(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
