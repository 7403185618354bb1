const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;

const ofName = new Uint8Array(128);
for (const character of 'abcdefghijklmnopqrstuvwxyz0123456789-_.') ofName[character.charCodeAt(0)] = 1;

/**
 * Whether a text is a name in which WHATWG URL has nothing to change or to refuse: lower-case ASCII, no empty label, a
 * last label that does not begin with a digit (so that it is no IPv4 address in any notation), and no punycode, which
 * can be refused. Most names are like that: `cdn.shop.example` is, `Shop.example`, `1.2.3.4` and `xn--a` are not.
 */
export function isPlainName(text: string): boolean {
  return text !== '' && endOfPlainName(text, 0) === text.length;
}

/** The end of the plain name that begins at `start`; `start` where there is none. */
export function endOfPlainName(text: string, start: number): number {
  let label = start;
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (ofName[code] !== 1) break;
    if (code !== DOT) continue;
    if (at === label || text.startsWith('xn--', label)) return start;
    label = at + 1;
  }
  const isLabel = at > label && !isDigit(text.charCodeAt(label)) && !text.startsWith('xn--', label);
  return isLabel ? at : start;
}

/** Whether this is the code of `0` to `9`. */
export function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}
