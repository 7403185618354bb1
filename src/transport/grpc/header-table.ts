const UPPER_A = 0x41;
const UPPER_Z = 0x5a;
const CASE_BIT = 0x20;

interface KnownName {
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * The header names that the loaded rules read, found by their bytes.
 *
 * A browser sends about 17 headers of which rules read one to six. Telling the others apart by length and bytes makes
 * no string of them; `test/bench/decode.ts` measures what that saves against a full decoder.
 */
export class HeaderTable {
  /** By length in bytes, since nearly all other names already differ in it. */
  readonly #byLength: (readonly KnownName[] | undefined)[] = [];

  /** @param names header names in any case */
  constructor(names: Iterable<string>) {
    for (const lower of new Set(Array.from(names, (name) => name.toLowerCase()))) {
      const bytes = Buffer.from(lower, 'latin1');
      this.#byLength[bytes.length] = [...(this.#byLength[bytes.length] ?? []), { name: lower, bytes }];
    }
  }

  /** The name in lower case if it is wanted; HTTP field names are ASCII and ignore case (RFC 9110 §5.1). */
  find(bytes: Buffer, start: number, end: number): string | undefined {
    const candidates = this.#byLength[end - start];
    if (candidates === undefined) return undefined;
    for (const candidate of candidates) {
      if (equalsIgnoringCase(candidate.bytes, bytes, start)) return candidate.name;
    }
    return undefined;
  }
}

function equalsIgnoringCase(lower: Buffer, bytes: Buffer, start: number): boolean {
  for (let index = 0; index < lower.length; index += 1) {
    const byte = bytes[start + index] ?? 0;
    const folded = byte >= UPPER_A && byte <= UPPER_Z ? byte | CASE_BIT : byte;
    if (folded !== lower[index]) return false;
  }
  return true;
}
