import { GlobMachine } from './glob-machine.js';
import { type GlobPiece, matchPiece, RUN_IN_SEGMENT, STUCK_BEHIND_RUN } from './glob-piece.js';

/**
 * A compiled glob: pieces with gaps between them. The first piece stands at the beginning of the text, the last at its
 * end. Each piece is put at the first place where it fits and never moved again, since the gap behind it can take
 * whatever a later place would have skipped; so no glob, however written, makes matching explode.
 */
export interface Glob {
  /** One more than there are gaps. */
  readonly pieces: readonly GlobPiece[];
  readonly gaps: readonly GlobGap[];
  /** Matches the glob in the place of all this; `undefined` for usual globs, which are quicker without. */
  readonly machine: GlobMachine | undefined;
}

/**
 * `run`: zero or more characters. `segments`: zero or more whole path segments, each with the slash behind it: nothing,
 * `a/`, `a/b/`; the piece before such a gap ends with a slash.
 */
export type GlobGap = 'run' | 'segments';

/**
 * The longest piece that may be tried at place after place: `*Googlebot*` and its like. The worst one of 60 characters
 * takes 90 ms for a user agent of 64 KB.
 */
const LONGEST_PIECE = 24;

export function createGlob(pieces: readonly GlobPiece[], gaps: readonly GlobGap[]): Glob {
  const isLong = pieces.some(
    (piece, index) => piece.length > LONGEST_PIECE && (index > 0 || piece.includes(RUN_IN_SEGMENT)),
  );
  return { pieces, gaps, machine: isLong ? new GlobMachine({ pieces, gaps }) : undefined };
}

/** Whether the glob covers all of `text` from `from` to `to` (exclusive). */
export function matchesGlob(glob: Glob, text: string, from: number, to: number): boolean {
  const { pieces, gaps, machine } = glob;
  if (machine !== undefined) return machine.covers(text.slice(from, to), false);
  let end = matchPiece(pieces[0] as GlobPiece, text, from, to, gaps.length === 0);
  for (let gap = 0; gap < gaps.length && end >= 0; gap++) {
    const last = gap === gaps.length - 1;
    end = fitBehindGap(pieces[gap + 1] as GlobPiece, gaps[gap] as GlobGap, text, end, to, last);
  }
  return end >= 0;
}

/** The end of the piece at the first place where it fits, not before `from`; negative if it fits nowhere. */
function fitBehindGap(piece: GlobPiece, gap: GlobGap, text: string, from: number, to: number, atEnd: boolean): number {
  if (atEnd && gap === 'run' && piece.length === 0) return to;
  let start = from;
  while (start >= 0 && start <= to) {
    const end = matchPiece(piece, text, start, to, atEnd);
    if (end >= 0) return end;
    // What failed behind a run fails from every later place of the same segment as well: if the run is in this segment,
    // it has been at all of them already; if a slash comes before the run, that slash is at its place now and would be
    // none later. Without this, `**a*b` costs the square of the path's length.
    const bySegments = gap === 'segments' || end === STUCK_BEHIND_RUN;
    start = bySegments ? afterNextSlash(text, start, to) : start + 1;
  }
  return -1;
}

function afterNextSlash(text: string, from: number, to: number): number {
  const slash = text.indexOf('/', from);
  return slash < 0 || slash >= to ? -1 : slash + 1;
}
