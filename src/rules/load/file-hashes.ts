/**
 * How long a file must have looked the same before it is read, for its content to be known by its looks from then on. A
 * file may be written to twice within one tick of its file system's clock (up to 2 s) and look the same after both.
 */
const SETTLED_MS = 2_000;

interface SeenFile {
  readonly identity: string;
  /** When it was first seen to look so. */
  readonly since: number;
  /** Of the content, if it was read when the file had looked so for long enough. */
  hash: string | undefined;
  isUsed: boolean;
}

/**
 * Knows the content of files that were read and look as they did then (device, inode, size, both times), so that they
 * need not be read again. Git's index does the same and calls what it must not trust "racily clean"; other than git,
 * this looks at no file system's clock, which may be another machine's.
 */
export class FileHashes {
  readonly #now: () => number;
  readonly #files = new Map<string, SeenFile>();

  /** `now`: milliseconds of a clock that never goes back. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** The hash of the content of a file that looks so now; `undefined`: it has to be read. */
  of(path: string, identity: string): string | undefined {
    return this.#see(path, identity).hash;
  }

  /** To be called before a file that looks so is read; what it returns takes the hash of the content afterwards. */
  reading(path: string, identity: string): (hash: string) => void {
    const seen = this.#see(path, identity);
    const isSettled = this.#now() - seen.since >= SETTLED_MS;
    return (hash) => {
      if (isSettled) seen.hash = hash;
    };
  }

  /** Has every file read again: somebody says that there is something new. */
  distrust(): void {
    for (const seen of this.#files.values()) seen.hash = undefined;
  }

  /** Forgets the files that nobody has asked for since the last time. */
  sweep(): void {
    for (const [path, seen] of this.#files) {
      if (seen.isUsed) seen.isUsed = false;
      else this.#files.delete(path);
    }
  }

  #see(path: string, identity: string): SeenFile {
    const known = this.#files.get(path);
    if (known?.identity === identity) {
      known.isUsed = true;
      return known;
    }
    const seen = { identity, since: this.#now(), hash: undefined, isUsed: true };
    this.#files.set(path, seen);
    return seen;
  }
}
