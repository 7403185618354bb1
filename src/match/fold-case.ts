const BEYOND_ASCII = /[^\0-\x7f]/;

/**
 * A text in one case, for comparing without regard to it. Character by character: `toLowerCase` looks at what stands
 * around a sigma, so that a lower-cased `ΑΣ` would be no beginning of a lower-cased `ΑΣΑ`.
 */
export function foldCase(text: string): string {
  return BEYOND_ASCII.test(text) ? Array.from(text, foldCharacter).join('') : text.toLowerCase();
}

/**
 * The same as UTF-8, each byte a character of the string returned. An ASCII text is that already; any other becomes as
 * comparable with stored bytes as one.
 */
export function foldedBytes(text: string): string {
  return BEYOND_ASCII.test(text) ? Buffer.from(foldCase(text)).toString('latin1') : text.toLowerCase();
}

/** One character stays one, for the sake of `?`: only İ would become two. */
function foldCharacter(character: string): string {
  const lower = character.toLowerCase();
  return lower.length === character.length ? lower : character;
}
