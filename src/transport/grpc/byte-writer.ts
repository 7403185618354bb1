/** Writes protobuf fields into a Buffer whose size is known beforehand, so that an answer is one allocation. */
export class ByteWriter {
  readonly bytes: Buffer;
  #position = 0;

  constructor(size: number) {
    // Every byte is written: `finish` holds the sizes to it.
    this.bytes = Buffer.allocUnsafe(size);
  }

  append(part: Uint8Array): void {
    if (part.length <= SHORT_TEXT) this.#appendShort(part);
    else this.bytes.set(part, this.#position);
    this.#position += part.length;
  }

  #appendShort(part: Uint8Array): void {
    for (let at = 0; at < part.length; at += 1) this.bytes[this.#position + at] = part[at] as number;
  }

  /** A tag byte and the length of what follows. */
  open(tag: number, length: number): void {
    this.bytes[this.#position] = tag;
    this.#position += 1;
    let rest = length;
    while (rest >= 0x80) {
      this.bytes[this.#position] = (rest & 0x7f) | 0x80;
      this.#position += 1;
      rest >>>= 7;
    }
    this.bytes[this.#position] = rest;
    this.#position += 1;
  }

  /** @param length of the text in UTF-8, as `utf8Length` tells it */
  text(text: string, length: number): void {
    if (length === text.length && length <= SHORT_TEXT) this.#ascii(text);
    else this.bytes.write(text, this.#position, length, 'utf8');
    this.#position += length;
  }

  #ascii(text: string): void {
    for (let at = 0; at < text.length; at += 1) this.bytes[this.#position + at] = text.charCodeAt(at);
  }

  /** The bytes. Throws where less was written than announced: what lay in memory before must not leave the process. */
  finish(): Buffer {
    if (this.#position !== this.bytes.length) {
      throw new RangeError(`${this.#position} bytes were written where ${this.bytes.length} were announced`);
    }
    return this.bytes;
  }
}

/**
 * Up to here a loop is faster than leaving JavaScript: names of policies, hosts and entries are some 15 characters, and
 * a call of Buffer's own costs more than they do.
 */
const SHORT_TEXT = 40;

/** Bytes of a text in UTF-8: as many as it has characters exactly where all of them are ASCII. */
export function utf8Length(text: string): number {
  const { length } = text;
  if (length > SHORT_TEXT) return Buffer.byteLength(text);
  for (let at = 0; at < length; at += 1) if (text.charCodeAt(at) >= 0x80) return Buffer.byteLength(text);
  return length;
}

/** Bytes of a length-delimited field with a tag of one byte. */
export function fieldSize(length: number): number {
  let size = 2 + length;
  for (let rest = length; rest >= 0x80; rest >>>= 7) size += 1;
  return size;
}
