import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../../model/message-of.js';
import type { ImageFiles } from './image-files.js';
import { type ImageReading, readHere } from './read-image-files.js';
import { transferList } from './transfer-list.js';

/** The whole program of the thread that `readImageFiles` starts. */
function read(files: ImageFiles): ImageReading {
  try {
    return { image: readHere(files) };
  } catch (error) {
    return { problem: messageOf(error) };
  }
}

const reading = read(workerData as ImageFiles);
parentPort?.postMessage(reading, 'image' in reading ? transferList(reading.image) : []);
