/** Name and value of a query parameter, decoded; a byte a character. */
export type QueryPair = readonly [name: string, value: string];

/**
 * The parameters of a raw query, in its order. `referer` and `referer=` are the same. `+` is a space, as Go's
 * `url.Values` writes it; the other SDKs write `%20`, and a plus as `%2B`.
 */
export function queryPairs(rawQuery: string): QueryPair[] {
  const parts = rawQuery.split('&').filter((part) => part !== '');
  return parts.map((part) => {
    const equals = part.indexOf('=');
    return equals < 0 ? [decoded(part), ''] : [decoded(part.slice(0, equals)), decoded(part.slice(equals + 1))];
  });
}

/** What is no escape stays: `100%` is `100%`. Bytes and not characters, for clients may sign what is no UTF-8. */
function decoded(text: string): string {
  return text
    .replaceAll('+', ' ')
    .replaceAll(/%([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

/** Escapes every byte that is not unreserved (RFC 3986 §2.3), the slash too. */
export function percentEncoded(bytes: string): string {
  return bytes.replaceAll(
    /[^A-Za-z0-9_.~-]/g,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

/** Sorted by name, joined by `&`; a parameter without value is its name alone. */
export function joinedPairs(pairs: readonly QueryPair[]): string {
  const sorted = [...pairs].sort(([one], [other]) => byteOrder(one, other));
  return sorted.map(([name, value]) => (value === '' ? name : `${name}=${value}`)).join('&');
}

/** The order of bytes, which is that of all signatures. */
export function byteOrder(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
