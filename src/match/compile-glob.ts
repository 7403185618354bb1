import { createGlob, type Glob, type GlobGap } from './glob.js';
import { type GlobPiece, ONE, ONE_IN_SEGMENT, RUN_IN_SEGMENT } from './glob-piece.js';

/** A glob without segments: `*` is zero or more characters, `?` is one, everything else is itself. */
export function compileTextGlob(glob: string): Glob {
  const pieces = glob.split(/\*+/).map((text) => compilePiece(text, ONE));
  return createGlob(pieces, new Array<GlobGap>(pieces.length - 1).fill('run'));
}

/**
 * A glob of a path: `*` and `?` stay within a segment, `**` does not. Between two slashes `**` also stands for no
 * segment at all, as in gitignore: `/a/`, `**`, `/b` in a row cover `/a/b`, `/a/x/b` and `/a/x/y/b`.
 */
export function compilePathGlob(glob: string): Glob {
  const pieces: GlobPiece[] = [];
  const gaps: GlobGap[] = [];
  let pieceStart = 0;
  for (const match of glob.matchAll(/(?<=\/)\*{2,}\/|\*{2,}/g)) {
    pieces.push(compilePiece(glob.slice(pieceStart, match.index), ONE_IN_SEGMENT));
    gaps.push(match[0].endsWith('/') ? 'segments' : 'run');
    pieceStart = match.index + match[0].length;
  }
  pieces.push(compilePiece(glob.slice(pieceStart), ONE_IN_SEGMENT));
  return createGlob(pieces, gaps);
}

function compilePiece(text: string, one: number): GlobPiece {
  const tokens: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === '*') tokens.push(RUN_IN_SEGMENT);
    else tokens.push(character === '?' ? one : text.charCodeAt(i));
  }
  return tokens;
}
