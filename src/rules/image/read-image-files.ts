import { once } from 'node:events';
import { statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { type ImageFiles, imageOf } from './image-files.js';
import { readImageFile } from './read-image-file.js';
import type { RulesImage } from './rules-image.js';

/** What the reading thread sends: the image, or why there is none. */
export type ImageReading = { readonly image: RulesImage } | { readonly problem: string };

/**
 * So many bytes are read and summed up in less than a millisecond. A thread takes fifty times as long to start, and
 * on a busy machine so long that a worker would be late with a change of a few lines.
 */
const mostReadHere = 512 * 1024;

/**
 * Reads the files of an image: 80 MB take a tenth of a second, which the caller's thread has requests to answer in, so
 * that large ones are read in a thread of their own, which hands over its buffers and ends.
 *
 * @throws (as a rejection) an error that says why the image could not be read.
 */
export async function readImageFiles(files: ImageFiles): Promise<RulesImage> {
  return bytesOf(files) <= mostReadHere ? readHere(files) : await readInThread(files);
}

function bytesOf({ rules, parts }: ImageFiles): number {
  return [rules, ...parts].reduce((sum, path) => sum + statSync(path).size, 0);
}

/** Reads in the calling thread, which it blocks. */
export function readHere({ rules, parts }: ImageFiles): RulesImage {
  return imageOf(readImageFile(rules), parts.map(readImageFile));
}

async function readInThread(files: ImageFiles): Promise<RulesImage> {
  const thread = new Worker(new URL('./image-reading-thread.js', import.meta.url), { workerData: files });
  try {
    const [reading] = (await once(thread, 'message')) as [ImageReading];
    if ('problem' in reading) throw new Error(reading.problem);
    return reading.image;
  } finally {
    void thread.terminate();
  }
}
