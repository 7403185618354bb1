import { percentEncode } from './percent-encode.js';

/** Characters that no part of a URL escapes; all others are looked up. */
const others = /[^A-Za-z0-9/._~%=&-]/gu;

/** What the running Node escapes in a path, and in the query of a special scheme and of any other. */
const pathEscapes = escapesIn((text) => new URL(`http://h/${text}`).pathname);
const queryEscapes = escapesIn((text) => new URL(`http://h/?${text}`).search);
const opaqueQueryEscapes = escapesIn((text) => new URL(`x://h/?${text}`).search);

/**
 * Percent-encodes the path prefix of an entry as WHATWG URL encodes path and query of a Referer, so that the two can be
 * compared as texts: `/käse` → `/k%C3%A4se`. Escapes that are already there stay as written, and dot segments too: the
 * prefix `/a/..` is a text like any other.
 *
 * @param prefix - begins with `/`; may hold a query; no `#`, backslash or white space
 * @param special - whether the entry's scheme is special: `'` in a query is escaped for these alone
 */
export function encodePathPrefix(prefix: string, special: boolean): string {
  const mark = prefix.indexOf('?');
  if (mark < 0) return encode(prefix, pathEscapes);
  const query = encode(prefix.slice(mark + 1), special ? queryEscapes : opaqueQueryEscapes);
  return `${encode(prefix.slice(0, mark), pathEscapes)}?${query}`;
}

function encode(text: string, escapes: ReadonlyMap<string, string>): string {
  return text.replace(others, (character) => {
    const isAscii = character <= '\x7f';
    return isAscii ? (escapes.get(character) ?? character) : percentEncode(character);
  });
}

/**
 * Asks `URL` itself which printable ASCII characters it escapes, because the answer differs between versions of the
 * standard (`^` in paths). `part` gives the part of a URL that a text stands in.
 */
function escapesIn(part: (text: string) => string): ReadonlyMap<string, string> {
  const escapes = new Map<string, string>();
  for (let code = 0x21; code < 0x7f; code++) {
    const character = String.fromCharCode(code);
    const escaped = percentEncode(character);
    if (part(`a${character}b`).includes(`a${escaped}b`)) escapes.set(character, escaped);
  }
  return escapes;
}
