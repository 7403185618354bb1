import { Debounce } from './debounce.js';
import { FolderSet } from './folder-set.js';
import { type FolderScan, MAX_FOLDERS, scanFolders } from './scan-folders.js';
import { type Cancel, processTimers } from './timers.js';

/** How often to look, and who hears of failures. */
export interface WatchOptions {
  /** How often to look without having heard anything: the safety net under the events. */
  readonly pollMs?: number;
  /** How often to look while a directory is missing and there is nothing to hear events from. */
  readonly missingPollMs?: number;
  /** Told once for each kind of failure (`code`): from then on the poll does what the events would have done. */
  readonly onError?: (error: NodeJS.ErrnoException) => void;
}

/** A running watch. */
export interface RulesWatch {
  /** Fulfilled when no later change can be missed: load for the first time after it. Never rejected. */
  readonly ready: Promise<void>;
  /** Releases every handle. */
  close(): Promise<void>;
}

const POLL_MS = 30_000;
const MISSING_POLL_MS = 250;

const TOO_MANY =
  `more than ${MAX_FOLDERS} folders in the watched directories: changes in the others are seen at the next reload only; ` +
  'check whether a link leads out of them';

/** Shorter than the reloader's quiet time, so that what a look finds is part of the same load. */
const LOOK_AFTER = { quietMs: 30, longestMs: 500 };

/**
 * Watches directories, of rules and of bot ranges, and calls `onHint` whenever what is in them may have changed. It is
 * one watch for all, since chokidar shares the system's watch among all that name a folder, also one that went deaf.
 *
 * A hint is no more than that: every event of any file counts (list files have any name, and a ConfigMap changes by its
 * `..data` link alone), and the reader compares contents. What is watched is looked up anew after every event, as
 * folders and links come and go.
 */
export function watchRules(directories: readonly string[], onHint: () => void, options: WatchOptions = {}): RulesWatch {
  return new DirectoryWatch(directories, onHint, options);
}

class DirectoryWatch implements RulesWatch {
  readonly ready: Promise<void>;
  readonly #directories: readonly string[];
  readonly #onHint: () => void;
  readonly #options: WatchOptions;
  readonly #folders: FolderSet;
  readonly #lookSoon: Debounce;
  readonly #reported = new Set<string>();
  #fingerprint: string | undefined;
  #looking: Promise<void> | undefined;
  #lookAgain = false;
  #cancelPoll: Cancel | undefined;
  #closed: boolean = false;

  constructor(directories: readonly string[], onHint: () => void, options: WatchOptions) {
    this.#directories = directories;
    this.#onHint = onHint;
    this.#options = options;
    this.#lookSoon = new Debounce(() => void this.#look(), LOOK_AFTER);
    this.#folders = new FolderSet({
      changed: () => {
        this.#onHint();
        this.#lookSoon.hint();
      },
      failed: (error) => this.#report(error),
    });
    this.ready = this.#look();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelPoll?.();
    this.#lookSoon.cancel();
    await this.#folders.close();
    await this.#looking;
  }

  /** One look at a time; a wish during one is fulfilled by one more after it. */
  #look(): Promise<void> {
    this.#lookAgain = this.#looking !== undefined;
    this.#looking ??= this.#lookUntilSettled().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #lookUntilSettled(): Promise<void> {
    this.#cancelPoll?.();
    let found = false;
    let added = false;
    do {
      this.#lookAgain = false;
      const scan = await scanFolders(...this.#directories);
      found = scan.found;
      this.#compare(scan);
      added = !this.#closed && (await this.#folders.become(scan.folders));
      // What happened in a new folder before its watch was set was heard by nobody, so look once more.
    } while (!this.#closed && (added || this.#lookAgain));
    this.#poll(found);
  }

  #compare(scan: FolderScan): void {
    if (scan.truncated) {
      this.#report(Object.assign(new Error(TOO_MANY), { code: 'ETOOMANY' }));
    }
    const changed = this.#fingerprint !== undefined && this.#fingerprint !== scan.fingerprint;
    this.#fingerprint = scan.fingerprint;
    if (changed && !this.#closed) {
      this.#onHint();
    }
  }

  #poll(found: boolean): void {
    if (this.#closed) {
      return;
    }
    const { pollMs = POLL_MS, missingPollMs = MISSING_POLL_MS } = this.#options;
    this.#cancelPoll = processTimers.after(found ? pollMs : missingPollMs, () => {
      void this.#folders.dropFailed().then(() => this.#look());
    });
  }

  #report(error: NodeJS.ErrnoException): void {
    const code = error.code ?? error.name;
    if (!this.#reported.has(code)) {
      this.#reported.add(code);
      this.#options.onError?.(error);
    }
  }
}
