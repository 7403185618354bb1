import { Serializer } from 'node:v8';
import { aligned, bytesOf, type ImageArray, kindOf } from './image-arrays.js';

/**
 * Bytes before the arrays: how many bytes those have.
 *
 * | bytes | what |
 * | --- | --- |
 * | 4 | length of the arrays |
 * | that many | the arrays, each at a multiple of four |
 * | the rest | the value, as V8 writes it; an array in it is its kind, its place and its length |
 */
export const HEADER_BYTES = 4;

/** In place of a place: the array is apart, and its number follows. */
export const APART = 0xffffffff;

/**
 * Writes a value of plain objects, maps, sets and typed arrays. The arrays lie side by side before the rest, so that
 * the reader takes them as they are: V8's own reader makes an `ArrayBuffer` of each, at ten times the cost.
 */
class ValueWriter extends Serializer {
  /** Documented by Node, and missing in its types. */
  declare _setTreatArrayBufferViewsAsHostObjects: (are: boolean) => void;
  readonly #apartFrom: number;
  readonly #apart: ImageArray[] = [];
  readonly #arrays: Uint8Array[] = [];
  #length = 0;

  constructor(apartFrom: number) {
    super();
    this.#apartFrom = apartFrom;
    this._setTreatArrayBufferViewsAsHostObjects(true);
  }

  /** Called by V8 for each array, once for one that occurs several times. */
  _writeHostObject(array: ImageArray): void {
    this.writeUint32(kindOf(array));
    if (array.byteLength >= this.#apartFrom) {
      this.writeUint32(APART);
      this.writeUint32(this.#apart.push(array) - 1);
      return;
    }
    this.writeUint32(this.#length);
    this.writeUint32(array.length);
    this.#arrays.push(bytesOf(array));
    this.#length += aligned(array.byteLength);
  }

  finish(): Written {
    const value = this.releaseBuffer();
    const bytes = new Uint8Array(HEADER_BYTES + this.#length + value.length);
    new DataView(bytes.buffer).setUint32(0, this.#length, true);
    let at = HEADER_BYTES;
    for (const array of this.#arrays) {
      bytes.set(array, at);
      at += aligned(array.length);
    }
    bytes.set(value, at);
    return { bytes, apart: this.#apart };
  }
}

/** What was written; `bytes` has an `ArrayBuffer` of its own. */
export interface Written {
  readonly bytes: Uint8Array;
  /** The arrays that are not in it, as they were given. */
  readonly apart: readonly ImageArray[];
}

/** Writes a value; arrays of `apartFrom` bytes or more are not written but named by their number among those. */
export function writeValue(value: unknown, apartFrom: number = Number.POSITIVE_INFINITY): Written {
  const writer = new ValueWriter(apartFrom);
  writer.writeHeader();
  writer.writeValue(value);
  return writer.finish();
}
