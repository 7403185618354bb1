import { createHash } from 'node:crypto';
import type { ListedFile } from '../read/list-rule-files.js';
import {
  describeReadFailure,
  identityNow,
  type OpenFile,
  openRegularFile,
  readAll,
  readChunks,
} from '../read/read-file.js';
import type { FileHashes } from './file-hashes.js';

/** What a file holds. */
export interface FileContent {
  /** SHA-256; of a file that cannot be read, a text that no hash is. */
  readonly hash: string;
  /** A text: why it cannot be read, to follow its name. */
  readonly bytes: Buffer | string;
}

/** Reads files, or knows them without. */
export class FileContents {
  readonly #hashes: FileHashes;

  constructor(hashes: FileHashes) {
    this.#hashes = hashes;
  }

  /** The hash of a listed file, as far as it is known without reading. */
  hashOf(path: string, file: ListedFile): string | undefined {
    const isOnDisk = file.content === undefined && file.problem === undefined;
    return isOnDisk ? this.#hashes.of(path, file.identity) : undefined;
  }

  /** A listed file. */
  async read(path: string, { content, problem }: ListedFile, limit: number): Promise<FileContent> {
    if (problem !== undefined) return refused(problem);
    if (content !== undefined) return { hash: sha256(content), bytes: content };
    return this.#open(path, limit, async (file) => {
      const bytes = await readAll(file, limit);
      return { hash: sha256(bytes), bytes };
    });
  }

  /** The hash of a file that is never in memory as a whole, and what it looks like now; of one that is not read, why. */
  async hashOfLarge(path: string, limit: number): Promise<{ readonly hash: string; readonly identity: string }> {
    const identity = identityNow(path);
    const known = this.#hashes.of(path, identity);
    if (known !== undefined) return { hash: known, identity };
    const { hash, bytes } = await this.#open(path, limit, async (file) => {
      const sum = createHash('sha256');
      for await (const chunk of readChunks(file, limit)) sum.update(chunk);
      return { hash: sum.digest('hex'), bytes: '' };
    });
    return { hash: bytes === '' ? hash : String(bytes), identity };
  }

  async #open(path: string, limit: number, read: (file: OpenFile) => Promise<FileContent>): Promise<FileContent> {
    const file = await openRegularFile(path, limit);
    if ('problem' in file) return refused(file.problem);
    const done = this.#hashes.reading(path, file.identity);
    try {
      const content = await read(file);
      done(content.hash);
      return content;
    } catch (error) {
      return refused(describeReadFailure(error));
    } finally {
      await file.handle.close();
    }
  }
}

function refused(problem: string): FileContent {
  return { hash: `refused: ${problem}`, bytes: problem };
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
