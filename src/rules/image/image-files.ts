import type { ImageFileContent } from './image-file.js';
import type { ImagePart, RulesImage } from './rules-image.js';

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
}

/** The image without the content of its parts, as one file holds it. */
export function rulesFileContent({ batches, parts, policies, entries }: RulesImage): ImageFileContent {
  const info: RulesInfo = { policies, entries, parts: parts.map(({ id }) => id) };
  return { info, arrays: batches };
}

/** A part as one file holds it; `undefined` where the image came without its content. */
export function partFileContent({ id, content }: ImagePart): ImageFileContent | undefined {
  return content === undefined ? undefined : { info: id, arrays: [content.meta, ...content.arrays] };
}

/** Puts together what was read of an image's files; parts of which no file was read come without content. */
export function imageOf(rules: ImageFileContent, parts: readonly ImageFileContent[]): RulesImage {
  const { parts: ids, policies, entries } = rules.info as RulesInfo;
  const read = new Map(parts.map((part) => [part.info as string, part.arrays]));
  return {
    batches: rules.arrays as readonly Uint8Array[],
    parts: ids.map((id) => {
      const [meta, ...arrays] = read.get(id) ?? [];
      return meta === undefined ? { id } : { id, content: { meta: meta as Uint8Array, arrays } };
    }),
    policies,
    entries,
  };
}
