import { describeReadFailure, type OpenFile, openRegularFile, readAll } from './read-file.js';

/** The bytes of a regular file of at most `limit` bytes, or why there are none, to follow its name. */
export async function readWholeFile(path: string, limit: number): Promise<Buffer | string> {
  const file = await openRegularFile(path, limit);
  return 'problem' in file ? file.problem : readAndClose(file, limit);
}

/** The same of a file that may be missing: `undefined` then. */
export async function readFileIfThere(path: string, limit: number): Promise<Buffer | string | undefined> {
  const file = await openRegularFile(path, limit);
  if (!('problem' in file)) return readAndClose(file, limit);
  return file.absent ? undefined : file.problem;
}

async function readAndClose(file: OpenFile, limit: number): Promise<Buffer | string> {
  try {
    return await readAll(file, limit);
  } catch (error) {
    return describeReadFailure(error);
  } finally {
    await file.handle.close();
  }
}
