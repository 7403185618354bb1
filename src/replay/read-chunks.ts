import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** Told of every chunk as it comes from the file, before it is decompressed. */
export type OnBytes = (bytes: number) => void;

/** The bytes of a log: of a file, or of standard input for `-`; decompressed where they begin as gzip does. */
export async function* readChunks(path: string, onBytes: OnBytes): AsyncGenerator<Buffer> {
  const source: AsyncIterable<Buffer> =
    path === '-' ? process.stdin : createReadStream(path, { highWaterMark: 1 << 18 });
  const chunks = counted(source, onBytes);
  const first = await firstBytes(chunks);
  // Rotated files are told by their content and not by `.gz`: what comes from a pipe has no name.
  yield* isGzip(first) ? gunzipped(first, chunks) : joined(first, chunks);
}

async function* counted(source: AsyncIterable<Buffer>, onBytes: OnBytes): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    onBytes(chunk.length);
    yield chunk;
  }
}

/** At least two bytes, unless there are fewer: a pipe may hand over one at a time. */
async function firstBytes(chunks: AsyncGenerator<Buffer>): Promise<Buffer> {
  let first = Buffer.alloc(0);
  while (first.length < 2) {
    const { value, done } = await chunks.next();
    if (done === true) break;
    first = Buffer.concat([first, value]);
  }
  return first;
}

/** RFC 1952 §2.3.1: ID1 and ID2. */
function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

async function* joined(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

/** Several members in one file, as `cat a.gz b.gz` makes it, are read one after the other (RFC 1952 §2.2). */
async function* gunzipped(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: 1 << 18 });
  // An error of either ends the iteration below with it.
  pipeline(Readable.from(joined(first, rest)), gunzip, () => {});
  yield* gunzip;
}
