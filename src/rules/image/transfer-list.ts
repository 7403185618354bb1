import type { RulesImage } from './rules-image.js';

/** The buffers of an image, for `postMessage`: with them it is handed over without copying. */
export function transferList({ batches, parts }: RulesImage): ArrayBuffer[] {
  const arrays = parts.flatMap(({ content }) => (content === undefined ? [] : [content.meta, ...content.arrays]));
  return [...batches, ...arrays].map(({ buffer }) => buffer as ArrayBuffer);
}
