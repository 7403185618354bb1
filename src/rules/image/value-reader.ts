import { Deserializer } from 'node:v8';
import { arrayAt, type ImageArray } from './image-arrays.js';
import { APART, HEADER_BYTES } from './value-writer.js';

/** Reads what `writeValue` wrote. The arrays that it makes are views of one buffer. */
class ValueReader extends Deserializer {
  readonly #arrays: Uint8Array;
  readonly #apart: readonly ImageArray[];

  constructor(value: Uint8Array, arrays: Uint8Array, apart: readonly ImageArray[]) {
    super(value);
    this.#arrays = arrays;
    this.#apart = apart;
  }

  /** Called by V8 where an array stood. */
  _readHostObject(): ImageArray {
    const kind = this.readUint32();
    const place = this.readUint32();
    const length = this.readUint32();
    if (place !== APART) return arrayAt(kind, this.#arrays.buffer, this.#arrays.byteOffset + place, length);
    const array = this.#apart[length];
    if (array === undefined) throw new RangeError(`the image lacks its array ${length}`);
    return array;
  }
}

/** Reads a value that `writeValue` wrote, in the same version of Node. `apart`: the arrays that were left out. */
export function readValue(bytes: Uint8Array, apart: readonly ImageArray[] = []): unknown {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = HEADER_BYTES + view.getUint32(0, true);
  const value = bytes.subarray(end);
  const reader = new ValueReader(value, arraysOf(bytes.subarray(HEADER_BYTES, end), value.length), apart);
  reader.readHeader();
  return reader.readValue();
}

/**
 * Small arrays are copied out, all at once, so that the value's bytes, several times as many, are not kept for their
 * sake. Where they are most of it they stay where they are, unless that is no place for an array.
 */
function arraysOf(arrays: Uint8Array, valueBytes: number): Uint8Array {
  return arrays.length > valueBytes && arrays.byteOffset % 4 === 0 ? arrays : Uint8Array.from(arrays);
}
