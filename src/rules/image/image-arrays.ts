/** The typed arrays that matchers are made of. */
export type ImageArray = Uint8Array | Int32Array | Uint32Array;

/** The kinds by their number in an image, each with one empty array for all. */
const KINDS = [
  { of: Uint8Array, empty: new Uint8Array(0) },
  { of: Int32Array, empty: new Int32Array(0) },
  { of: Uint32Array, empty: new Uint32Array(0) },
] as const;

/** The number of an array's kind. Throws for arrays that no matcher is made of. */
export function kindOf(array: ArrayBufferView): number {
  const kind = KINDS.findIndex(({ of }) => array instanceof of);
  if (kind === -1) throw new TypeError(`an image holds no ${array.constructor.name}`);
  return kind;
}

/** The array of a kind with so many elements that begins at an offset, which is a multiple of four. */
export function arrayAt(kind: number, buffer: ArrayBufferLike, offset: number, length: number): ImageArray {
  const { of, empty } = KINDS[kind] ?? KINDS[0];
  return length === 0 ? empty : new of(buffer as ArrayBuffer, offset, length);
}

/** Bytes up to the next multiple of four, where an array may begin. */
export function aligned(bytes: number): number {
  return (bytes + 3) & ~3;
}

/** The bytes of any array. */
export function bytesOf(array: ArrayBufferView): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
