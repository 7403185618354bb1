/** The part of a glob between two gaps: UTF-16 code units that must stand in the text, or one of the wildcards below. */
export type GlobPiece = readonly number[];

/** One character: a code point, so that an emoji is one. */
export const ONE = -1;
/** One character that is no slash. */
export const ONE_IN_SEGMENT = -2;
/** Zero or more characters, none of them a slash. */
export const RUN_IN_SEGMENT = -3;

/** What `matchPiece` returns where the piece does not fit: no run was reached, or one was. */
const STUCK = -1;
export const STUCK_BEHIND_RUN = -2;

const SLASH = 47; /* '/' */

/**
 * Where the piece ends if it is put at `from`: as early as possible, or at `to` if it must reach the end. Two pointers:
 * on a mismatch the last run takes one character more, until it meets a slash.
 */
export function matchPiece(piece: GlobPiece, text: string, from: number, to: number, atEnd: boolean): number {
  let at = from;
  let next = 0;
  let behindRun = -1;
  let runEnd = -1;
  while (next < piece.length || (atEnd && at < to)) {
    const token = piece[next];
    if (token === RUN_IN_SEGMENT) {
      behindRun = ++next;
      runEnd = at;
      continue;
    }
    const width = token === undefined ? 0 : widthOf(token, text, at, to);
    if (width > 0) {
      at += width;
      next++;
      continue;
    }
    if (behindRun < 0) return STUCK;
    if (runEnd >= to || text.charCodeAt(runEnd) === SLASH) return STUCK_BEHIND_RUN;
    runEnd++;
    at = runEnd;
    next = behindRun;
  }
  return at;
}

/** How many code units of the text the token covers; 0 if it does not fit. */
function widthOf(token: number, text: string, at: number, to: number): number {
  if (at >= to) return 0;
  const code = text.charCodeAt(at);
  if (token >= 0) return code === token ? 1 : 0;
  if (token === ONE_IN_SEGMENT && code === SLASH) return 0;
  return (text.codePointAt(at) as number) > 0xffff && at + 1 < to ? 2 : 1;
}
