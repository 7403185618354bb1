import type { RulesImage } from './rules-image.js';

/** The buffers of an image, for `postMessage`: with them it is handed over without copying. */
export function transferList({ common, batches, parts }: RulesImage): ArrayBuffer[] {
  const arrays = parts.flatMap(({ content }) => (content === undefined ? [] : [content.meta, ...content.arrays]));
  const written = batches.flatMap(({ content }) => content ?? []);
  return [common, ...written, ...arrays].map(({ buffer }) => buffer as ArrayBuffer);
}
