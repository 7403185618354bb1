import { type FileHandle, open } from 'node:fs/promises';
import { writeAll } from '../rules/image/write-all.js';

const chunkBytes = 1 << 20;

/**
 * Copies a file that is open, whether or not it still has a name, to a new path for this user alone.
 *
 * @throws (as a rejection) what the file system says.
 */
export async function copyOpenFile(from: FileHandle, path: string): Promise<void> {
  const to = await open(path, 'wx', 0o600);
  try {
    const chunk = Buffer.allocUnsafe(chunkBytes);
    let position = 0;
    for (;;) {
      const { bytesRead } = await from.read(chunk, 0, chunkBytes, position);
      if (bytesRead === 0) return;
      await writeAll(to, chunk.subarray(0, bytesRead), position);
      position += bytesRead;
    }
  } finally {
    await to.close();
  }
}
