import { type BigIntStats, constants, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { formatBytes } from '../limits.js';
import { describeFileError } from './file-problem.js';

/** An open regular file that is within its limit. The caller closes the handle. */
export interface OpenFile {
  readonly handle: FileHandle;
  /** Changes with the file; compared with the same of a later moment. */
  readonly identity: string;
  readonly size: number;
}

/** Why a file is not read, to follow its name. */
export interface FileRefusal {
  readonly problem: string;
  /** There is no such file. */
  readonly absent?: true;
}

/**
 * Opens a regular file, and nothing else: without O_NONBLOCK a FIFO would hold the reload for ever, and a device
 * could be endless.
 */
export async function openRegularFile(path: string, limit: number): Promise<OpenFile | FileRefusal> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stats = await handle.stat({ bigint: true });
    const problem = refuse(stats, limit);
    if (problem === undefined) return { handle, identity: identityOf(stats), size: Number(stats.size) };
    await handle.close();
    return { problem };
  } catch (error) {
    await handle?.close();
    const absent = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return { problem: `cannot be read: ${describeFileError(error)}`, ...(absent && { absent }) };
  }
}

function refuse(stats: BigIntStats, limit: number): string | undefined {
  if (!stats.isFile()) return `is no regular file but ${kindOf(stats)}`;
  return stats.size > limit ? tooLarge(Number(stats.size), limit) : undefined;
}

/** Why a file of that many bytes is not read, to follow its name. */
export function tooLarge(size: number, limit: number): string {
  return `is too large: ${formatBytes(size)}, at most ${formatBytes(limit)} are allowed`;
}

function kindOf(stats: BigIntStats): string {
  if (stats.isDirectory()) return 'a directory';
  if (stats.isFIFO()) return 'a pipe';
  return stats.isSocket() ? 'a socket' : 'a device';
}

/** Which file it is and when it was last changed, as far as the file system tells. */
export function identityOf(stats: BigIntStats): string {
  return [stats.dev, stats.ino, stats.size, stats.mtimeNs, stats.ctimeNs].join(':');
}

/** What a file looks like; `gone` where nothing can be said of it. */
export function identityNow(path: string): string {
  try {
    return identityOf(statSync(path, { bigint: true }));
  } catch {
    return 'gone';
  }
}

/** Read at a time: enough that the calls cost little beside what is done with the bytes. */
const CHUNK_BYTES = 64 * 1024;

/** The file from its beginning in chunks, never more than `limit` bytes: it may have grown since it was opened. Throws on a read error. */
export async function* readChunks(file: OpenFile, limit: number): AsyncGenerator<Buffer> {
  let total = 0;
  for (let chunk = await readChunk(file, 0); chunk.length > 0; chunk = await readChunk(file, total)) {
    total += chunk.length;
    if (total > limit) throw new GrownFile(tooLarge(total, limit));
    yield chunk;
  }
}

/** All of a file at once, for files that have to be in memory anyhow. Throws on a read error. */
export async function readAll(file: OpenFile, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of readChunks(file, limit)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A buffer of its own each time: the last bytes of a chunk may be kept until the next one comes. */
async function readChunk({ handle }: OpenFile, position: number): Promise<Buffer> {
  const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES, position);
  return buffer.subarray(0, bytesRead);
}

/** The file grew over its limit while it was read; the message says so. */
class GrownFile extends Error {
  override readonly name = 'GrownFile';
}

/** What a failed read means, to follow the file's name. */
export function describeReadFailure(error: unknown): string {
  return error instanceof GrownFile ? error.message : `cannot be read: ${describeFileError(error)}`;
}
