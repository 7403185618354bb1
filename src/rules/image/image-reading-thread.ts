import { parentPort, workerData } from 'node:worker_threads';
import { type ImageFiles, imageOf } from './image-files.js';
import { readImageFile } from './read-image-file.js';
import type { ImageReading } from './read-image-files.js';
import { transferList } from './transfer-list.js';

/** The whole program of the thread that `readImageFiles` starts. */
function read({ rules, parts }: ImageFiles): ImageReading {
  try {
    return { image: imageOf(readImageFile(rules), parts.map(readImageFile)) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

const reading = read(workerData as ImageFiles);
parentPort?.postMessage(reading, 'image' in reading ? transferList(reading.image) : []);
