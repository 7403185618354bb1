import { decodeFormText, encodeRfc3986 } from './percent-bytes.js';

/**
 * A parameter of the query or of a form body, decoded. Each character is one byte: signatures cover bytes, also those
 * that are no UTF-8.
 */
export interface Parameter {
  readonly name: string;
  readonly value: string;
}

/**
 * Reads `application/x-www-form-urlencoded`, which the query is too.
 *
 * @param text - one character a byte
 */
export function parseForm(text: string, { plus = ' ' }: { readonly plus?: string } = {}): readonly Parameter[] {
  const parts = text.split('&').filter((part) => part !== '');
  return parts.map((part) => {
    const equals = part.indexOf('=');
    const [name, value] = equals < 0 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)];
    return { name: decodeFormText(name, plus), value: decodeFormText(value, plus) };
  });
}

/**
 * The canonical form that signatures cover: encoded by RFC 3986 (`%20`, `%2A`, `~` as it is), however they came, and
 * sorted by name.
 */
export function canonicalParameters(parameters: readonly Parameter[]): string {
  return [...parameters]
    .sort(compareParameters)
    .map(({ name, value }) => `${encodeRfc3986(name)}=${encodeRfc3986(value)}`)
    .join('&');
}

/** The text that bytes stand for in UTF-8; U+FFFD for what is none. */
export function textOf(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** Parameters as texts. */
export interface NamedParameters {
  readonly byName: ReadonlyMap<string, string>;
  /** One that came with different values, so that nobody can say what was meant. */
  readonly ambiguous: string | undefined;
}

/** Parameters by name; of one that came several times, the first value. */
export function parametersByName(parameters: readonly Parameter[]): NamedParameters {
  const byName = new Map<string, string>();
  let ambiguous: string | undefined;
  for (const { name, value } of parameters) {
    const text = textOf(value);
    if (!byName.has(name)) byName.set(name, text);
    else if (byName.get(name) !== text) ambiguous ??= name;
  }
  return { byName, ambiguous };
}

function compareParameters(a: Parameter, b: Parameter): number {
  return compareBytes(a.name, b.name) || compareBytes(a.value, b.value);
}

function compareBytes(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
