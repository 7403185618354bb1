import type { ImageFileContent } from './image-file.js';
import type { ImageBatch, ImagePart, RulesImage } from './rules-image.js';

/** The files by which one process hands compiled rules to another. */
export interface ImageFiles {
  /** Path of the file with everything but the content of parts. */
  readonly rules: string;
  /** Paths of the parts that the reader may lack. */
  readonly parts: readonly string[];
}

/** What the file of an image says of itself. */
interface RulesInfo {
  readonly policies: number;
  readonly entries: number;
  readonly parts: readonly string[];
  readonly batches: readonly string[];
}

/** The image without the content of its parts, as one file holds it. Of batches none is left out for such files. */
export function rulesFileContent({ common, batches, parts, policies, entries }: RulesImage): ImageFileContent {
  const ids = (of: readonly { readonly id: string }[]) => of.map(({ id }) => id);
  const info: RulesInfo = { policies, entries, parts: ids(parts), batches: ids(batches) };
  return { info, arrays: [common, ...batches.map(contentOf)] };
}

function contentOf({ id, content }: ImageBatch): Uint8Array {
  if (content === undefined) throw new RangeError(`the batch ${id} was left out of what other processes are to read`);
  return content;
}

/** A part as one file holds it; `undefined` where the image came without its content. */
export function partFileContent({ id, content }: ImagePart): ImageFileContent | undefined {
  return content === undefined ? undefined : { info: id, arrays: [content.meta, ...content.arrays] };
}

/** Puts together what was read of an image's files; parts of which no file was read come without content. */
export function imageOf(rules: ImageFileContent, parts: readonly ImageFileContent[]): RulesImage {
  const { parts: ids, batches, policies, entries } = rules.info as RulesInfo;
  const [common = new Uint8Array(0), ...contents] = rules.arrays as readonly Uint8Array[];
  const read = new Map(parts.map((part) => [part.info as string, part.arrays]));
  return {
    common,
    batches: batches.map((id, position) => ({ id, content: contents[position] ?? new Uint8Array(0) })),
    parts: ids.map((id) => {
      const [meta, ...arrays] = read.get(id) ?? [];
      return meta === undefined ? { id } : { id, content: { meta: meta as Uint8Array, arrays } };
    }),
    policies,
    entries,
  };
}
