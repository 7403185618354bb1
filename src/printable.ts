/**
 * Characters that a terminal obeys, or that do not show what they do: control characters (C0, DEL, C1), format
 * characters such as those that turn the direction of writing (Unicode TR36 §2.5), and the separators U+2028 and U+2029.
 * Also what is no character of XML (XML 1.0 §2.2): lone surrogates, U+FFFE and U+FFFF.
 */
const commanding = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/gu;

/** A text of somebody else, safe to show: control characters as `\x1b`, those above U+00FF as `\u202e`. */
export function printable(text: string): string {
  return text.replace(commanding, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const digits = code.toString(16);
    if (code > 0xffff) return `\\u{${digits}}`;
    return code > 0xff ? `\\u${digits.padStart(4, '0')}` : `\\x${digits.padStart(2, '0')}`;
  });
}

/** JSON with the same characters escaped in its texts, of which JSON itself asks for C0 alone. Its meaning stays. */
export function printableJson(json: string): string {
  return json.replace(commanding, (character) => {
    // The line ends of an indented JSON stand between its texts; within them they are escaped already.
    if (character === '\n') return character;
    const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
    return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
  });
}

/** At most so many characters, with `…` for the rest. */
export function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
