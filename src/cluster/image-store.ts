import { messageOf } from '../model/message-of.js';
import type { RulesImage } from '../rules/image/rules-image.js';
import {
  closeFiles,
  copyImage,
  filesOf,
  imageBytes,
  type KeptFile,
  type KeptImage,
  type OfferedImage,
  type WrittenImage,
  writeImage,
} from './kept-image.js';
import { type PrivateFolder, PrivateFolders } from './private-folders.js';

/** New rules that wait for the workers' word. Exactly one of `keep` and `discard` is to be called. */
export interface StagedImage extends OfferedImage {
  /** They are in force: nothing but them will be offered from now on. */
  keep(): Promise<void>;
  /** They will never be. */
  discard(): Promise<void>;
}

/** No folder can take the files. The message names each with what is wrong there. */
export class ImageStoreError extends Error {
  override readonly name = 'ImageStoreError';
}

/**
 * Hands rules to workers as files: memory that is written once and read by each, where a message of 80 MB would hold
 * both ends up. The files lose their names when all workers have read them; descriptors keep those of the rules in
 * force, so that a worker that starts later gets what the others have, whatever has become of the rule folder. A list
 * that does not change is written once, and kept over many reloads: it has a file of its own.
 */
export class ImageStore {
  readonly #folders: PrivateFolders;
  #current: KeptImage | undefined;
  readonly #staged = new Set<WrittenImage>();

  constructor(folders: PrivateFolders = new PrivateFolders()) {
    this.#folders = folders;
  }

  /** Parts of the rules in force. A later image may come without their content. */
  get held(): ReadonlySet<string> {
    return new Set(this.#current?.parts.keys());
  }

  /**
   * Writes what is new in an image.
   *
   * @throws {ImageStoreError} (as a rejection) where no folder takes it.
   */
  stage(image: RulesImage): Promise<StagedImage> {
    return this.#inFirstFolder(imageBytes(image), async (folder) => {
      const written = await writeImage(image, folder.path);
      this.#staged.add(written);
      return {
        files: written.files,
        bytes: written.bytes,
        keep: async () => {
          this.#staged.delete(written);
          await this.#replace(keptImage(image, written, this.#current));
          await folder.remove();
        },
        // Files first: newer lines of Node end a process that has lost sight of one that is open.
        discard: async () => {
          this.#staged.delete(written);
          await closeFiles(filesOf(written));
          await folder.remove();
        },
      };
    });
  }

  /**
   * Writes the whole of the rules in force once more, for a worker that has nothing yet, and takes the files away when
   * `use` is done.
   *
   * @throws {ImageStoreError} (as a rejection) where no folder takes it.
   */
  async offer<Result>(use: (offered: OfferedImage) => Promise<Result>): Promise<Result> {
    const current = this.#current;
    if (current === undefined) throw new ImageStoreError('there are no rules in force yet');
    const bytes = filesOf(current).reduce((total, file) => total + file.bytes, 0);
    const { folder, files } = await this.#inFirstFolder(bytes, async (made) => ({
      folder: made,
      files: await copyImage(current, made.path),
    }));
    try {
      return await use({ files, bytes });
    } finally {
      await folder.remove();
    }
  }

  /** Takes away what processes that were killed left behind. Never rejects. */
  removeLeftOvers(): Promise<void> {
    return this.#folders.removeLeftOvers();
  }

  /** Takes away at once what is written and not read yet: for a process that is about to exit. */
  removeNow(): void {
    this.#folders.removeNow();
  }

  /** Closes all files, also of rules that wait for a word which does not come any more. */
  async close(): Promise<void> {
    await this.#replace(undefined);
    await Promise.all([...this.#staged].map((written) => closeFiles(filesOf(written))));
  }

  async #replace(next: KeptImage | undefined): Promise<void> {
    const before = this.#current;
    this.#current = next;
    const stays = new Set(filesOf(next));
    await closeFiles(filesOf(before).filter((file) => !stays.has(file)));
  }

  async #inFirstFolder<Made>(bytes: number, make: (folder: PrivateFolder) => Promise<Made>): Promise<Made> {
    try {
      return await this.#folders.inFirst(bytes, make);
    } catch (cause) {
      const problem = messageOf(cause);
      throw new ImageStoreError(`the workers could not be given the rules: ${problem}`, { cause });
    }
  }
}

/** What is new, and of what was there before the parts that the image names. */
function keptImage(image: RulesImage, written: WrittenImage, before: KeptImage | undefined): KeptImage {
  const parts = new Map<string, KeptFile>();
  for (const { id } of image.parts) {
    const file = written.parts.get(id) ?? before?.parts.get(id);
    if (file !== undefined) parts.set(id, file);
  }
  return { rules: written.rules, parts };
}
