import type { ListedFile } from '../read/list-rule-files.js';
import type { LoadedFile } from './loaded-file.js';
import type { MergedFile } from './merge-files.js';

type Files = ReadonlyMap<string, MergedFile>;

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
      const known = files.get(relative)?.file;
      if (known?.hash === hash) return known;
    }
    return undefined;
  }

  /** The names of the policies in a file that looks as at the last load, unless it has mistakes. */
  namesIn({ relative, identity }: ListedFile): readonly string[] | undefined {
    const known = this.#ofLoad.get(relative);
    if (known?.listed.identity !== identity || known.file.session.findings.errors.length > 0) return undefined;
    return known.file.session.names.map(({ name }) => name);
  }

  /** Whether a file is one of those that are kept. */
  has(file: LoadedFile): boolean {
    return this.#ofLoad.get(file.relative)?.file === file || this.#ofCheck.get(file.relative)?.file === file;
  }

  /** All that are kept. */
  *[Symbol.iterator](): Iterator<LoadedFile> {
    for (const files of [this.#ofLoad, this.#ofCheck]) for (const { file } of files.values()) yield file;
  }

  /** Keeps the files of a load, or of a check, and forgets those of the one before it. */
  keep(kind: 'load' | 'check', files: readonly MergedFile[]): void {
    const byName = new Map(files.map((merged) => [merged.file.relative, merged]));
    if (kind === 'check') this.#ofCheck = byName;
    else this.#ofLoad = byName;
  }
}
