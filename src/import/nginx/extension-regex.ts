import { wordsOf } from '../regex/shapes.js';
import { hasTopAlternatives } from '../regex/split-scheme.js';

/** What may stand before an ending and is there in every path, which begins with a slash; then the ending. */
const ENDING = /^(?:\^?(?:\.[*+]|\(\.[*+]\))|\^\/(?:\.\*|\(\.\*\)))?(.+)\$$/;

/** What `match.extensions` compares in the same way: behind the last dot, and ignoring the case of ASCII. */
const EXTENSION = /^\.[A-Za-z0-9_+~-]+$/;

/**
 * The extensions that a `location ~*` names, where it names nothing else: `\.(jpe?g|png)$` → jpeg, jpg, png.
 * `undefined` for what is not exactly that: `\.(tar\.gz|zip)$` has a dot, `\.(jpg|png)` goes on behind, `.(jpg|png)$`
 * takes `xjpg` too.
 */
export function extensionsOf(pattern: string): readonly string[] | undefined {
  const ending = ENDING.exec(pattern)?.[1];
  // Of `\.jpg|\.png$`, only the last alternative is at the end.
  if (ending === undefined || hasTopAlternatives(ending)) return undefined;
  const texts = wordsOf(ending);
  if (texts?.every((text) => EXTENSION.test(text)) !== true) return undefined;
  return [...new Set(texts.map((text) => text.slice(1).toLowerCase()))];
}
