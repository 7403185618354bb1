/**
 * A parameter of the query or of a form body, decoded. Each character is one byte: signatures cover bytes, also those
 * that are no UTF-8.
 */
export interface Parameter {
  readonly name: string;
  readonly value: string;
}

const percentByte = /%([0-9a-f]{2})/gi;
const reserved = /[^A-Za-z0-9._~-]/g;

/**
 * Decodes `application/x-www-form-urlencoded`, which the query is too: `+` is a space. What is no percent-encoded byte
 * stays as it is.
 *
 * @param text - one character a byte
 */
export function parseForm(text: string, { plus = ' ' }: { readonly plus?: string } = {}): readonly Parameter[] {
  const parts = text.split('&').filter((part) => part !== '');
  return parts.map((part) => {
    const equals = part.indexOf('=');
    const [name, value] = equals < 0 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)];
    return { name: decode(name, plus), value: decode(value, plus) };
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

/** Percent-encodes every byte but letters, digits and `-._~` (RFC 3986 §2.3). */
export function encodeRfc3986(bytes: string): string {
  return bytes.replace(reserved, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
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

function decode(text: string, plus: string): string {
  const spaced = text.replaceAll('+', plus);
  return spaced.replace(percentByte, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

function compareParameters(a: Parameter, b: Parameter): number {
  return compareBytes(a.name, b.name) || compareBytes(a.value, b.value);
}

function compareBytes(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
