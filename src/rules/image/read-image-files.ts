import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ImageFiles } from './image-files.js';
import type { RulesImage } from './rules-image.js';

/** What the reading thread sends: the image, or why there is none. */
export type ImageReading = { readonly image: RulesImage } | { readonly problem: string };

/**
 * Reads the files of an image in a thread of its own, which hands over its buffers and ends: 80 MB take a tenth of a
 * second, which the caller's thread has requests to answer in.
 *
 * @throws (as a rejection) an error that says why the image could not be read.
 */
export async function readImageFiles(files: ImageFiles): Promise<RulesImage> {
  const thread = new Worker(new URL('./image-reading-thread.js', import.meta.url), { workerData: files });
  try {
    const [reading] = (await once(thread, 'message')) as [ImageReading];
    if ('problem' in reading) throw new Error(reading.problem);
    return reading.image;
  } finally {
    void thread.terminate();
  }
}
