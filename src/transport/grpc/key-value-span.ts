import { textOf } from './text-of.js';
import type { WireReader } from './wire-reader.js';

const KEY = (1 << 3) | 2;
const VALUE = (2 << 3) | 2;
const RAW_VALUE = (3 << 3) | 2;

/**
 * Where key and value of one map entry or one HeaderValue lie. Reused for all of a request: most of its headers are
 * looked at by name only, and never become strings.
 */
export class KeyValueSpan {
  keyStart = 0;
  keyEnd = 0;
  valueStart = 0;
  valueEnd = 0;

  /** Reads an entry of a `map<string, string>`. A missing key or value is `""`. */
  readMapEntry(reader: WireReader, limit: number): void {
    if (!this.#readUsual(reader, limit)) this.#read(reader, limit, VALUE);
  }

  /** Reads an `envoy.config.core.v3.HeaderValue`, whose value is in either of two fields. */
  readHeaderValue(reader: WireReader, limit: number): void {
    this.#read(reader, limit, RAW_VALUE);
  }

  value({ bytes }: WireReader): string {
    return textOf(bytes, this.valueStart, this.valueEnd);
  }

  /**
   * Reads an entry as every encoder writes it, a key of up to 127 bytes and then a value of up to 16 KB and nothing else,
   * without a loop over fields: a browser's request has some 20 of them. False for all others; then nothing is read.
   */
  #readUsual(reader: WireReader, limit: number): boolean {
    const { bytes, position } = reader;
    const keyStart = position + 2;
    const keyLength = bytes[position + 1] as number;
    const valueTag = keyStart + keyLength;
    if (valueTag + 2 > limit || bytes[position] !== KEY || keyLength >= 0x80 || bytes[valueTag] !== VALUE) return false;
    const low = bytes[valueTag + 1] as number;
    const high = low < 0x80 ? 0 : (bytes[valueTag + 2] as number);
    const valueStart = valueTag + (low < 0x80 ? 2 : 3);
    const valueEnd = valueStart + (low & 0x7f) + high * 0x80;
    if (high >= 0x80 || valueEnd !== limit) return false;
    this.#setKey(keyStart, valueTag);
    this.#setValue(valueStart, valueEnd);
    reader.jump(limit);
    return true;
  }

  #read(reader: WireReader, limit: number, lastField: number): void {
    this.keyStart = this.keyEnd = this.valueStart = this.valueEnd = 0;
    let hasRawValue = false;
    while (reader.nextField(limit)) {
      const { tag } = reader;
      if (tag !== KEY && tag !== VALUE && tag !== lastField) {
        reader.skip(limit);
        continue;
      }
      const end = reader.readLength(limit);
      if (tag === KEY) this.#setKey(reader.position, end);
      else if (tag === RAW_VALUE || !hasRawValue) this.#setValue(reader.position, end);
      hasRawValue ||= tag === RAW_VALUE && end > reader.position;
      reader.jump(end);
    }
  }

  #setKey(start: number, end: number): void {
    this.keyStart = start;
    this.keyEnd = end;
  }

  #setValue(start: number, end: number): void {
    this.valueStart = start;
    this.valueEnd = end;
  }
}
