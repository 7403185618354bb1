import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { bytesOf, type ImageArray } from './image-arrays.js';
import { writeAll } from './write-all.js';

/** What one file of an image holds. Its arrays lie in it as in memory: it is read on the machine that wrote it. */
export interface ImageFileContent {
  /** Anything that JSON can carry. */
  readonly info: unknown;
  readonly arrays: readonly ImageArray[];
}

/** Where an array lies in the file, and what it is. */
export interface SectionHeader {
  readonly type: keyof typeof sectionTypes;
  /** In bytes from the start of the file; a multiple of `alignment`. */
  readonly offset: number;
  readonly bytes: number;
  readonly checksum: number;
}

/** The part of the file that tells of the rest, as JSON. */
export interface ImageHeader {
  readonly info: unknown;
  readonly sections: readonly SectionHeader[];
}

/** The arrays that a file can hold. */
export const sectionTypes = { Uint8Array, Int32Array, Uint32Array } as const;

/** `RGIMG`, and the version of what follows: a worker of another build must not take it for its own. */
export const magic: Buffer = Buffer.from('RGIMG\0\0\x01', 'latin1');

/** Magic, then the length and the checksum of the header as 32-bit numbers. */
export const preambleBytes: number = magic.length + 8;

/** Of every section, so that a wide array can be laid over it. */
const alignment = 8;

/** Written and summed up at a time, so that the process that writes goes on with its other work in between. */
const chunkBytes = 1 << 20;

/**
 * Writes arrays as one file: magic and version, a header with the place, length and checksum of each, and then the
 * arrays. The preamble comes last, so that what was not written to its end is not read as a file.
 *
 * @throws (as a rejection) what the file system says, `ENOSPC` for one.
 */
export async function writeImageFile(file: FileHandle, { info, arrays }: ImageFileContent): Promise<void> {
  const lengths = arrays.map(({ byteLength }) => byteLength);
  const start = aligned(preambleBytes + longestHeader(info, arrays));
  const sections: SectionHeader[] = [];
  let offset = start;
  for (const [place, array] of arrays.entries()) {
    const bytes = lengths[place] as number;
    const checksum = await writeSummed(file, bytesOf(array), offset);
    sections.push({ type: typeOf(array), offset, bytes, checksum });
    offset = aligned(offset + bytes);
  }
  const header = Buffer.from(JSON.stringify({ info, sections } satisfies ImageHeader));
  await writeSummed(file, header, preambleBytes);
  await writeSummed(file, preambleOf(header), 0);
}

/** The size that the file will have, at most. */
export function imageFileBytes({ info, arrays }: ImageFileContent): number {
  return arrays.reduce(
    (total, { byteLength }) => aligned(total + byteLength),
    aligned(preambleBytes + longestHeader(info, arrays)),
  );
}

function preambleOf(header: Buffer): Buffer {
  const preamble = Buffer.alloc(preambleBytes);
  magic.copy(preamble);
  preamble.writeUInt32LE(header.length, magic.length);
  preamble.writeUInt32LE(crc32(header), magic.length + 4);
  return preamble;
}

/** Offsets and checksums are not known yet when the first section finds its place: room for the longest there are. */
function longestHeader(info: unknown, arrays: readonly ImageArray[]): number {
  const most = Number.MAX_SAFE_INTEGER;
  const sections = arrays.map((array) => ({ type: typeOf(array), offset: most, bytes: most, checksum: most }));
  return Buffer.byteLength(JSON.stringify({ info, sections }));
}

async function writeSummed(file: FileHandle, bytes: Uint8Array, position: number): Promise<number> {
  let checksum = 0;
  let done = 0;
  while (done < bytes.length) {
    const chunk = bytes.subarray(done, done + chunkBytes);
    checksum = crc32(chunk, checksum);
    await writeAll(file, chunk, position + done);
    done += chunk.length;
  }
  return checksum;
}

function aligned(offset: number): number {
  return Math.ceil(offset / alignment) * alignment;
}

function typeOf(array: ImageArray): SectionHeader['type'] {
  if (array instanceof Int32Array) return 'Int32Array';
  return array instanceof Uint32Array ? 'Uint32Array' : 'Uint8Array';
}
