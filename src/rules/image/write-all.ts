import type { FileHandle } from 'node:fs/promises';

/**
 * Writes all bytes at a position. A file system that runs full writes a part without an error, and reports it at the
 * next call.
 *
 * @throws (as a rejection) what the file system says.
 */
export async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}
