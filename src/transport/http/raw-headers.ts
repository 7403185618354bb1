import { decodeHeaderText } from './header-text.js';

/** Values by lower-case name, in order of arrival. */
export type HeaderValues = ReadonlyMap<string, readonly string[]>;

/** Names of headers, made to be asked once for each header of a call. */
export class HeaderNames {
  readonly #names: ReadonlySet<string>;
  readonly #lengths: ReadonlySet<number>;

  /** @param names lower case */
  constructor(names: Iterable<string>) {
    this.#names = new Set(names);
    this.#lengths = new Set([...this.#names].map((name) => name.length));
  }

  /** The name in lower case if it is one of these. Most are told apart by their length, without a copy. */
  find(rawName: string): string | undefined {
    if (!this.#lengths.has(rawName.length)) return undefined;
    const name = rawName.toLowerCase();
    return this.#names.has(name) ? name : undefined;
  }
}

/**
 * The wanted headers of a call: values as UTF-8 by lower-case name, in order of arrival.
 *
 * They are read from `rawHeaders`, name and value in turn, because Node's own `headers` keeps the first of two Referer
 * lines and says nothing of the second, and which of the two the origin believes is not known here.
 */
export function pickHeaders(rawHeaders: readonly string[], wanted: HeaderNames): HeaderValues {
  const picked = new Map<string, string[]>();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = wanted.find(rawHeaders[at] as string);
    if (name === undefined) continue;
    const value = decodeHeaderText(rawHeaders[at + 1] as string);
    const values = picked.get(name);
    if (values === undefined) picked.set(name, [value]);
    else values.push(value);
  }
  return picked;
}
