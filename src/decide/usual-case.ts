/**
 * `toUpperCase` for texts that are in upper case already, as methods are: looking costs less than leaving JavaScript for
 * an answer that is known.
 */
export function upperCase(text: string): string {
  return isWithin(text, 0x41, 0x5a) ? text : text.toUpperCase();
}

/** `toLowerCase` for texts that are in lower case already, as schemes are. */
export function lowerCase(text: string): string {
  return isWithin(text, 0x61, 0x7a) ? text : text.toLowerCase();
}

function isWithin(text: string, first: number, last: number): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < first || code > last) return false;
  }
  return true;
}
