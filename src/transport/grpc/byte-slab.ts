/** Many short byte strings in one Buffer: one object for all, since a Buffer each would often weigh more than its bytes. */
export class ByteSlab {
  readonly #bytes: Buffer;
  readonly #ends: Float64Array;
  /** Of the parts that have been asked for: making one takes longer than copying what it shows. */
  readonly #views: Buffer[] = [];

  /** `ends`: where in the bytes each part ends. */
  constructor(bytes: Buffer, ends: Float64Array) {
    this.#bytes = bytes;
    this.#ends = ends;
  }

  /** The part that was given at this position; a view, not a copy, and the same one each time. */
  part(index: number): Buffer {
    this.#views[index] ??= this.#view(index);
    return this.#views[index];
  }

  #view(index: number): Buffer {
    const end = this.#ends[index];
    if (end === undefined) throw new RangeError(`byte slab has no part ${index}`);
    return this.#bytes.subarray(index === 0 ? 0 : this.#ends[index - 1], end);
  }
}

/** Collects the parts of a slab; a part that occurs again is kept once. */
export class ByteSlabBuilder {
  readonly #parts: Uint8Array[] = [];
  readonly #positions = new Map<string, number>();

  /**
   * Position of the part in the slab.
   * @param key tells equal parts without encoding them: most policies of a large folder deny with the same answer
   */
  add(key: string, encode: () => Uint8Array): number {
    const known = this.#positions.get(key);
    if (known !== undefined) return known;
    const position = this.#parts.push(encode()) - 1;
    this.#positions.set(key, position);
    return position;
  }

  /** Copies the parts together, in steps of one part each. */
  *build(): Generator<undefined, ByteSlab, undefined> {
    const ends = new Float64Array(this.#parts.length);
    let end = 0;
    for (const [index, part] of this.#parts.entries()) {
      end += part.length;
      ends[index] = end;
    }
    const bytes = Buffer.allocUnsafeSlow(end);
    for (const [index, part] of this.#parts.entries()) {
      bytes.set(part, (ends[index] ?? 0) - part.length);
      yield;
    }
    return new ByteSlab(bytes, ends);
  }
}
