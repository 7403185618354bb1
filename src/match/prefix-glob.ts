import { compileTextGlob } from './compile-glob.js';
import { GlobMachine } from './glob-machine.js';

const ASTERISK = 0x2a;
const QUESTION_MARK = 0x3f;

/** Usual globs take one or two. */
const STEPS_A_CHARACTER = 4;

/** Part of a byte array, `end` exclusive. */
export interface ByteSpan {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/**
 * Whether a text begins with what a glob covers: `*` is any run of characters, the empty one too, `?` is one. Glob and
 * text are UTF-8, the text as a string of bytes.
 *
 * A run is made longer only until what stands behind it fits, and never looked at again once the next run begins, which
 * can take whatever a longer one would have skipped. That is quick for usual pairs, and the text's length times the
 * glob's for `*aaa…b` and `aaa…`: whoever takes so many steps is left to a machine that does not.
 */
export function beginsWithGlob(text: string, glob: ByteSpan): boolean {
  const { bytes, start, end } = glob;
  let steps = STEPS_A_CHARACTER * text.length + end - start;
  let at = 0;
  let next = start;
  let behindRun = -1;
  let runEnd = 0;
  while (next < end) {
    if (--steps < 0) return beginsByMachine(text, glob);
    const token = bytes[next] as number;
    if (token === ASTERISK) {
      behindRun = ++next;
      runEnd = at;
      continue;
    }
    const width = at < text.length ? widthOf(token, text, at) : 0;
    if (width > 0) {
      at += width;
      next++;
      continue;
    }
    if (behindRun < 0 || runEnd >= text.length) return false;
    runEnd = nextPlace(bytes[behindRun] as number, text, runEnd + characterWidth(text.charCodeAt(runEnd)));
    if (runEnd < 0) return false;
    at = runEnd;
    next = behindRun;
  }
  return true;
}

function beginsByMachine(text: string, { bytes, start, end }: ByteSpan): boolean {
  const glob = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString();
  return new GlobMachine(compileTextGlob(glob)).covers(Buffer.from(text, 'latin1').toString(), true);
}

/** The first place where the token fits, not before `from`; negative if there is none. Native code finds it fastest. */
function nextPlace(token: number, text: string, from: number): number {
  if (token === QUESTION_MARK || token === ASTERISK) return from;
  return text.indexOf(String.fromCharCode(token), from);
}

/** How many bytes of the text the token covers; 0 if it does not fit. */
function widthOf(token: number, text: string, at: number): number {
  const byte = text.charCodeAt(at);
  if (token === QUESTION_MARK) return characterWidth(byte);
  return byte === token ? 1 : 0;
}

/** Bytes of the UTF-8 character that begins with this one. */
function characterWidth(byte: number): number {
  if (byte < 0x80) return 1;
  if (byte < 0xe0) return 2;
  return byte < 0xf0 ? 3 : 4;
}
