import type { LoadedFile } from './loaded-file.js';

type Files = ReadonlyMap<string, LoadedFile>;

/**
 * The rule files of the last load, and of the last check of files that are not written yet, for the load that follows
 * once they are.
 */
export class FileMemory {
  #ofLoad: Files = new Map();
  #ofCheck: Files = new Map();

  /** A file of this name and content, if it is known. */
  recall(relative: string, hash: string): LoadedFile | undefined {
    for (const files of [this.#ofLoad, this.#ofCheck]) {
      const known = files.get(relative);
      if (known?.hash === hash) return known;
    }
    return undefined;
  }

  /** Whether a file is one of those that are kept. */
  has(file: LoadedFile): boolean {
    return this.#ofLoad.get(file.relative) === file || this.#ofCheck.get(file.relative) === file;
  }

  /** All that are kept. */
  *[Symbol.iterator](): Iterator<LoadedFile> {
    yield* this.#ofLoad.values();
    yield* this.#ofCheck.values();
  }

  /** Keeps the files of a load, or of a check, and forgets those of the one before it. */
  keep(kind: 'load' | 'check', files: readonly LoadedFile[]): void {
    const byName = new Map(files.map((file) => [file.relative, file]));
    if (kind === 'check') this.#ofCheck = byName;
    else this.#ofLoad = byName;
  }
}
