import { byteOrder } from '../bytes/byte-order.js';
import type { Parameter } from '../bytes/parameters.js';
import { encodeRfc3986 } from '../bytes/percent-bytes.js';
import { textOfBytes } from '../bytes/text-of-bytes.js';

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
    const text = textOfBytes(value);
    if (!byName.has(name)) byName.set(name, text);
    else if (byName.get(name) !== text) ambiguous ??= name;
  }
  return { byName, ambiguous };
}

function compareParameters(a: Parameter, b: Parameter): number {
  return byteOrder(a.name, b.name) || byteOrder(a.value, b.value);
}
