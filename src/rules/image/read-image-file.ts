import { closeSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { ImageArray } from './image-arrays.js';
import {
  type ImageFileContent,
  type ImageHeader,
  magic,
  preambleBytes,
  type SectionHeader,
  sectionTypes,
} from './image-file.js';

/** The file is not what this program writes: cut short, damaged, or of another version. */
export class ImageFileError extends Error {
  override readonly name = 'ImageFileError';

  constructor(path: string, problem: string) {
    super(`${path} holds no rules that this process can read: ${problem}`);
  }
}

/**
 * Reads a file of an image whole, each array into a buffer of its own, which can be transferred. Blocks: to be called in
 * a thread that has nothing else to do.
 *
 * @throws {ImageFileError} when a checksum does not hold, or the file is none of ours.
 * @throws what the file system says.
 */
export function readImageFile(path: string): ImageFileContent {
  const file = openSync(path, 'r');
  try {
    const { info, sections } = readHeader(file, path);
    return { info, arrays: sections.map((section) => readSection(file, path, section)) };
  } finally {
    closeSync(file);
  }
}

function readHeader(file: number, path: string): ImageHeader {
  const preamble = readExactly(file, path, { position: 0, bytes: preambleBytes });
  if (!magic.equals(preamble.subarray(0, magic.length))) {
    throw new ImageFileError(path, 'it does not begin as one of this version');
  }
  const view = new DataView(preamble.buffer);
  const bytes = view.getUint32(magic.length, true);
  const header = readExactly(file, path, { position: preambleBytes, bytes });
  if (crc32(header) !== view.getUint32(magic.length + 4, true)) throw new ImageFileError(path, 'its header is damaged');
  return JSON.parse(Buffer.from(header.buffer).toString()) as ImageHeader;
}

function readSection(file: number, path: string, section: SectionHeader): ImageArray {
  const read = readExactly(file, path, { position: section.offset, bytes: section.bytes });
  if (crc32(read) !== section.checksum) {
    throw new ImageFileError(path, `what stands at byte ${section.offset} is damaged`);
  }
  return new sectionTypes[section.type](read.buffer);
}

function readExactly(
  file: number,
  path: string,
  { position, bytes }: { readonly position: number; readonly bytes: number },
): Uint8Array<ArrayBuffer> {
  const into = new Uint8Array(bytes);
  let done = 0;
  while (done < bytes) {
    const read = readSync(file, into, done, Math.min(bytes - done, mostBytesARead), position + done);
    if (read === 0) throw new ImageFileError(path, `it ends at byte ${position + done}`);
    done += read;
  }
  return into;
}

/** The system reads no more than 2 GiB at a time. */
const mostBytesARead = 1 << 30;
