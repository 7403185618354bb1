/** How a Referer of the usual form begins, told without Node's parser. */
export interface PlainUrl {
  readonly scheme: 'http' | 'https';
  /** As WHATWG URL gives it. */
  readonly host: string;
  /** As written; `undefined` where none is. */
  readonly port: number | undefined;
}

const DOT = 0x2e;
const COLON = 0x3a;
const ZERO = 0x30;
const NINE = 0x39;
const MOST_PORT_DIGITS = 5;
const GREATEST_PORT = 65_535;

/** What a character may be: of a name, or after it. */
const OF_NAME = 1;
const ENDS_AUTHORITY = 2;
const kinds = new Uint8Array(128);
for (const character of 'abcdefghijklmnopqrstuvwxyz0123456789-_.') kinds[character.charCodeAt(0)] = OF_NAME;
for (const character of '/?#') kinds[character.charCodeAt(0)] = ENDS_AUTHORITY;

/**
 * Reads `http(s)://name[:port]` and what follows, where WHATWG URL has nothing to change or to refuse in it: a name of
 * lower-case ASCII, whose last label does not begin with a digit (so that it is no IPv4 address in any notation), that
 * holds no punycode (which can be refused), and that is followed by nothing, a port, or a path, a query or a fragment.
 * Of those nothing is refused, and nothing that they hold changes the host.
 *
 * That is what browsers send, and takes a tenth of what Node's parser takes; a property test ties the two together.
 *
 * @returns `undefined` for all that is unusual, good or bad
 */
export function readPlainUrl(text: string): PlainUrl | undefined {
  const start = text.startsWith('https://') ? 'https://'.length : text.startsWith('http://') ? 'http://'.length : 0;
  if (start === 0) return undefined;
  const end = endOfName(text, start);
  if (end <= start) return undefined;
  const host = text.slice(start, end);
  if (host.includes('xn--')) return undefined;
  const scheme = start === 'https://'.length ? 'https' : 'http';
  if (kindAt(text, end) === ENDS_AUTHORITY) return { scheme, host, port: undefined };
  const port = portAt(text, end);
  return port === undefined ? undefined : { scheme, host, port };
}

/** The end of the labels from `start` on; `start` where they are no plain name. */
function endOfName(text: string, start: number): number {
  let label = start;
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (kinds[code] !== OF_NAME) break;
    if (code !== DOT) continue;
    if (at === label) return start;
    label = at + 1;
  }
  return at === label || isDigit(text.charCodeAt(label)) ? start : at;
}

/** The kind of a character, the end of the text included; `undefined` for one that is not ASCII. */
function kindAt(text: string, at: number): number | undefined {
  return at === text.length ? ENDS_AUTHORITY : kinds[text.charCodeAt(at)];
}

function portAt(text: string, colon: number): number | undefined {
  if (text.charCodeAt(colon) !== COLON) return undefined;
  let port = 0;
  let at = colon + 1;
  for (; at < text.length && isDigit(text.charCodeAt(at)); at++) port = port * 10 + text.charCodeAt(at) - ZERO;
  const digits = at - colon - 1;
  if (digits === 0 || digits > MOST_PORT_DIGITS || port > GREATEST_PORT) return undefined;
  return kindAt(text, at) === ENDS_AUTHORITY ? port : undefined;
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}
