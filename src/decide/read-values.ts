import { trimmed } from './read-referer.js';

/** Values by name, in order of arrival. */
export type NamedValues = ReadonlyMap<string, readonly string[]>;

const none: NamedValues = new Map();

/**
 * Query parameters, decoded as application/x-www-form-urlencoded (WHATWG URL §5.1), as forms send them and as most
 * origins read them: `a+b=%C3%A4` is `a b` = `ä`, and `token` alone is an empty value.
 *
 * @param query - as written, without the question mark
 */
export function readParameters(query: string | undefined): NamedValues {
  if (query === undefined || query === '') return none;
  const values = new Map<string, string[]>();
  // URLSearchParams takes one question mark away, and a query may itself begin with one.
  for (const [name, value] of new URLSearchParams(`?${query}`)) add(values, name, value);
  return values;
}

/**
 * Cookies of all Cookie lines (HTTP/2 allows several: RFC 9113 §8.2.3), in the form of RFC 6265 §5.4. Values are left
 * as written, quotes and escapes included. A piece without an equals sign is the value of a cookie without a name.
 */
export function readCookies(lines: readonly string[] | undefined): NamedValues {
  if (lines === undefined || lines.length === 0) return none;
  const values = new Map<string, string[]>();
  for (const line of lines) {
    for (const pair of line.split(';')) {
      const equals = pair.indexOf('=');
      if (equals >= 0) add(values, trimmed(pair.slice(0, equals)), trimmed(pair.slice(equals + 1)));
    }
  }
  return values;
}

function add(values: Map<string, string[]>, name: string, value: string): void {
  const known = values.get(name);
  if (known === undefined) values.set(name, [value]);
  else known.push(value);
}
