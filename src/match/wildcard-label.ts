import { compileTextGlob } from './compile-glob.js';
import { GlobMachine } from './glob-machine.js';

const ASTERISK = 0x2a;
const QUESTION_MARK = 0x3f;

/** Usual globs take one or two. */
const STEPS_A_CHARACTER = 4;

/**
 * Whether the glob in `bytes` from `start` to `end` covers the host's characters from `from` to `to`, which are one
 * label: `*` is any run of characters, `?` is one. Two pointers: on a mismatch the last run takes one character more.
 * Whoever takes too many steps over that is left to a machine that does not.
 */
export function coversLabel(
  bytes: Uint8Array,
  start: number,
  end: number,
  host: string,
  from: number,
  to: number,
): boolean {
  let steps = STEPS_A_CHARACTER * (to - from) + end - start;
  let next = start;
  let at = from;
  let behindRun = -1;
  let runEnd = from;
  while (next < end || at < to) {
    if (--steps < 0) return coversByMachine(bytes, start, end, host.slice(from, to));
    const token = next < end ? (bytes[next] as number) : -1;
    if (token === ASTERISK) {
      behindRun = ++next;
      runEnd = at;
      if (next === end) return true;
      continue;
    }
    const width = at < to ? widthOf(token, host, at) : 0;
    if (width > 0) {
      at += width;
      next++;
      continue;
    }
    if (behindRun < 0 || runEnd >= to) return false;
    at = ++runEnd;
    next = behindRun;
  }
  return true;
}

/** How many code units of the host the token covers; 0 if it does not fit. */
function widthOf(token: number, host: string, at: number): number {
  if (token === QUESTION_MARK) return (host.codePointAt(at) as number) > 0xffff ? 2 : 1;
  return token === host.charCodeAt(at) ? 1 : 0;
}

function coversByMachine(bytes: Uint8Array, start: number, end: number, label: string): boolean {
  return new GlobMachine(compileTextGlob(Buffer.from(bytes.subarray(start, end)).toString())).covers(label, false);
}
