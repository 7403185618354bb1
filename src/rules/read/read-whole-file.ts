import { describeReadFailure, openRegularFile, readAll } from './read-file.js';

/** The bytes of a regular file of at most `limit` bytes, or why there are none, to follow its name. */
export async function readWholeFile(path: string, limit: number): Promise<Buffer | string> {
  const file = await openRegularFile(path, limit);
  if ('problem' in file) return file.problem;
  try {
    return await readAll(file, limit);
  } catch (error) {
    return describeReadFailure(error);
  } finally {
    await file.handle.close();
  }
}
