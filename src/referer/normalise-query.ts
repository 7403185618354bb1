import { percentEncode } from './percent-encode.js';

/** Escapes, and every character that is no part of a query (RFC 3986 §3.4), `'` among them: WHATWG URL escapes it. */
const spelt = /%[0-9a-f]{2}|[^A-Za-z0-9._~!$&()*+,;=:@/?%-]/giu;

/** Characters that mean the same with and without an escape (RFC 3986 §2.3). */
const unreserved = /^[A-Za-z0-9._~-]$/;

/**
 * One spelling for the queries that mean the same (RFC 3986 §6.2.2): whoever follows a Location escapes `'`, `{` or `é`
 * as browsers do, or sends them as they stand, as curl does. An escaped `&` or `=` stays another than the bare one.
 *
 * @param query - without the question mark
 */
export function normaliseQuery(query: string): string {
  return query.replace(spelt, (part) =>
    part.length === 3 && part.startsWith('%') ? respell(part) : percentEncode(part),
  );
}

function respell(escaped: string): string {
  const character = String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
  return unreserved.test(character) ? character : escaped.toUpperCase();
}
