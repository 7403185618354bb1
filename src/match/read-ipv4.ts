const DOT = 46; /* '.' */
const DIGIT_0 = 48; /* '0' */

/**
 * The address that four decimal numbers write (`192.0.2.1`), as an unsigned number; -1 for any other text. Odd
 * notations (`0x7f.1`, `127.1`, `010.0.0.1`) are no addresses: readers disagree on what they mean.
 */
export function readIpv4(text: string, from: number, to: number): number {
  let address = 0;
  let parts = 0;
  let start = from;
  for (let i = from; i <= to; i++) {
    if (i < to && text.charCodeAt(i) !== DOT) continue;
    const part = readDecimal(text, start, i);
    if (part < 0 || ++parts > 4) return -1;
    address = 256 * address + part;
    start = i + 1;
  }
  return parts === 4 ? address : -1;
}

/** 0 to 255 without leading zeros, else -1. */
function readDecimal(text: string, from: number, to: number): number {
  const digits = to - from;
  if (digits < 1 || digits > 3 || (digits > 1 && text.charCodeAt(from) === DIGIT_0)) return -1;
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - DIGIT_0;
    if (digit < 0 || digit > 9) return -1;
    value = 10 * value + digit;
  }
  return value <= 255 ? value : -1;
}
