/** RFC 9110 sets no limit; nginx takes 8 KiB a line by default. Longer ones are nobody's page address. */
const maxRefererBytes = 16_384;

/** What the Referer header lines of one request amount to; those of Origin are read in the same way. */
export type RefererHeader =
  | { readonly kind: 'absent' }
  | { readonly kind: 'blank' }
  /** Several values, or one that is too long: not empty, but no one URL either. */
  | { readonly kind: 'unreadable' }
  /** Exactly one value, white space at both ends removed. */
  | { readonly kind: 'text'; readonly text: string };

const absent: RefererHeader = { kind: 'absent' };
const blank: RefererHeader = { kind: 'blank' };
const unreadable: RefererHeader = { kind: 'unreadable' };

/**
 * Two values are unreadable rather than "the first counts": which of the two the origin or a cache believes is not
 * known here. Two blank ones are as good as one.
 */
export function readReferer(values: readonly string[] | undefined): RefererHeader {
  if (values === undefined || values.length === 0) return absent;
  const text = trimmed(values[0] as string);
  if (values.length > 1) return values.every((value) => trimmed(value) === '') ? blank : unreadable;
  if (text === '') return blank;
  return isTooLong(text) ? unreadable : { kind: 'text', text: text === values[0] ? text : copyOf(text) };
}

/** A text cut out of another keeps all of that alive for as long as it is remembered: here, any amount of white space. */
function copyOf(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}

/** Space and tab are no part of a field value (RFC 9110 §5.5); `String.trim` would take much more away. */
export function trimmed(value: string): string {
  let start = 0;
  let end = value.length;
  while (start < end && isBlank(value.charCodeAt(start))) start++;
  while (end > start && isBlank(value.charCodeAt(end - 1))) end--;
  return value.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/** A character is one to three bytes a UTF-16 unit, so most texts need no counting. */
function isTooLong(text: string): boolean {
  if (text.length * 3 <= maxRefererBytes) return false;
  return Buffer.byteLength(text) > maxRefererBytes;
}
