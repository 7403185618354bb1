import { dataOf } from '../../match/data-of.js';
import type { EntryIndexData } from '../../match/entry-index.js';
import type { AnyListPart } from '../../match/list-part.js';
import type { TextIndexData } from '../../match/text-index.js';
import type { ImageArray } from './image-arrays.js';
import type { ImagePart } from './rules-image.js';
import { writeValue } from './value-writer.js';

/** A part but for its large arrays. */
export interface PartMeta {
  readonly size: number;
  readonly data: EntryIndexData | TextIndexData;
}

/** Arrays of a part that are transferred and not copied. */
const LARGE_ARRAY = 4096;

/** A part for an image; without its content if the receiver holds that already. */
export function packPart(part: AnyListPart, held: ReadonlySet<string>): ImagePart {
  const { id, size, content } = part;
  if (held.has(id)) return { id };
  if (content === undefined) throw new Error(`the list part ${id} has been handed over, but its receiver lacks it`);
  const meta: PartMeta = { size, data: dataOf.part(content) };
  const { bytes, apart } = writeValue(meta, LARGE_ARRAY);
  return { id, content: { meta: bytes, arrays: apart.map(alone) } };
}

/** The array, in a buffer that holds nothing else but a little room at its end. */
function alone(array: ImageArray): ImageArray {
  if (array.byteOffset === 0 && 8 * array.byteLength >= 7 * array.buffer.byteLength) return array;
  // A Buffer's own `slice` does not copy.
  return array instanceof Uint8Array ? Uint8Array.from(array) : array.slice();
}
