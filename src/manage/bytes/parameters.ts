import { decodeFormText } from './percent-bytes.js';

/**
 * A parameter of the query or of a form body, decoded. Each character is one byte: signatures cover bytes, also those
 * that are no UTF-8.
 */
export interface Parameter {
  readonly name: string;
  readonly value: string;
}

/**
 * Reads `application/x-www-form-urlencoded`, which the query is too, in its order. `referer` and `referer=` are the same.
 * `+` is a space, as Go's `url.Values` writes it; other SDKs write `%20`, and a plus as `%2B`.
 *
 * @param text - one character a byte
 */
export function parseForm(text: string, { plus = ' ' }: { readonly plus?: string } = {}): Parameter[] {
  const parts = text.split('&').filter((part) => part !== '');
  return parts.map((part) => {
    const equals = part.indexOf('=');
    const [name, value] = equals < 0 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)];
    return { name: decodeFormText(name, plus), value: decodeFormText(value, plus) };
  });
}
