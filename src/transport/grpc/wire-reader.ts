import { textOf } from './text-of.js';

/** Wire types of the protobuf encoding. Groups (3 and 4) are long gone from proto3: none of our messages has one. */
const VARINT = 0;
const FIXED_64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

const NOTHING = Buffer.alloc(0);

/** A varint is at most 64 bits, seven to a byte. */
const VARINT_BYTES = 10;

/**
 * Reads protobuf fields from a Buffer without copying, allocating or throwing.
 *
 * What does not fit sets `malformed` and ends every loop over fields, so that callers check once, at the end.
 * `limit` is the end of the message that is being read: a field that reaches over it is malformed even where the
 * Buffer goes on. Source: protobuf.dev/programming-guides/encoding.
 */
export class WireReader {
  bytes: Buffer = NOTHING;
  /** True when the bytes are no protobuf message. Stays so until the next one. */
  malformed: boolean = false;
  /** Number and wire type of the field that `nextField` found: `number << 3 | type`. */
  tag = 0;
  #position = 0;

  /** Goes to the beginning of another message. */
  begin(bytes: Buffer): void {
    this.bytes = bytes;
    this.malformed = false;
    this.tag = 0;
    this.#position = 0;
  }

  /** Where the value of the current field begins; after `readLength`, where its content begins. */
  get position(): number {
    return this.#position;
  }

  /** Reads the tag of the next field. False at the end of the message and when the bytes are malformed. */
  nextField(limit: number): boolean {
    if (this.malformed || this.#position >= limit) return false;
    this.tag = this.#varint32(limit);
    // Field number 0 is reserved as invalid.
    if (this.tag >>> 3 === 0) this.malformed = true;
    return !this.malformed;
  }

  /** Reads the length of a length-delimited value; the end of its content, which is sure to lie within `limit`. */
  readLength(limit: number): number {
    const end = this.#varint32(limit);
    return this.#within(this.#position + end, limit);
  }

  /** Moves behind the content of a length-delimited value, from anywhere inside. */
  jump(end: number): void {
    this.#position = end;
  }

  /** Reads a string or bytes field as UTF-8, U+FFFD for what is none. */
  readText(limit: number): string {
    const end = this.readLength(limit);
    const text = textOf(this.bytes, this.#position, end);
    this.#position = end;
    return text;
  }

  /** Moves behind the value of the current field; its length is checked like any other. */
  skip(limit: number): void {
    switch (this.tag & 7) {
      case VARINT:
        this.#skipVarint(limit);
        break;
      case FIXED_64:
        this.#position = this.#within(this.#position + 8, limit);
        break;
      case LENGTH_DELIMITED:
        this.#position = this.readLength(limit);
        break;
      case FIXED_32:
        this.#position = this.#within(this.#position + 4, limit);
        break;
      default:
        this.malformed = true;
    }
  }

  /** A tag or a length. Encoders may pad it with bytes of no value, but its own value has 32 bits. */
  #varint32(limit: number): number {
    const first = this.bytes[this.#position];
    if (first !== undefined && first < 0x80 && this.#position < limit) {
      this.#position += 1;
      return first;
    }
    let value = 0;
    let scale = 1;
    for (let count = 0; count < VARINT_BYTES; count += 1) {
      const byte = this.#byte(limit);
      // A multiplication, since a shift would wrap at 32 bits; the sum stays exact up to 2^53 and is refused above 2^32.
      value += (byte & 0x7f) * scale;
      scale *= 128;
      if (byte < 0x80) return value < 2 ** 32 ? value : this.#refuse();
    }
    return this.#refuse();
  }

  #skipVarint(limit: number): void {
    for (let count = 0; count < VARINT_BYTES; count += 1) {
      if (this.#byte(limit) < 0x80) return;
    }
    this.malformed = true;
  }

  #byte(limit: number): number {
    const byte = this.#position < limit ? this.bytes[this.#position] : undefined;
    this.#position += 1;
    return byte ?? this.#refuse();
  }

  #within(end: number, limit: number): number {
    if (end <= limit) return end;
    this.malformed = true;
    return limit;
  }

  #refuse(): number {
    this.malformed = true;
    return 0;
  }
}
