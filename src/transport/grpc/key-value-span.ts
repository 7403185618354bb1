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
    this.#read(reader, limit, VALUE);
  }

  /** Reads an `envoy.config.core.v3.HeaderValue`, whose value is in either of two fields. */
  readHeaderValue(reader: WireReader, limit: number): void {
    this.#read(reader, limit, RAW_VALUE);
  }

  /** UTF-8, U+FFFD for what is none, so that all transports agree on a Referer of odd bytes. */
  value(bytes: Buffer): string {
    return bytes.toString('utf8', this.valueStart, this.valueEnd);
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
