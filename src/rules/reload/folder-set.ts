import type { WatchedFolder } from './scan-folders.js';
import { type FolderWatch, watchFolder } from './watch-folder.js';

/** What is heard of all folders together. */
export interface FolderSetListener {
  changed(): void;
  failed(error: NodeJS.ErrnoException): void;
}

interface Armed {
  readonly identity: string;
  readonly state: ArmedState;
  readonly watch: FolderWatch;
}

interface ArmedState {
  /** The names that count; `undefined`: all. */
  names: ReadonlySet<string> | undefined;
  /** The folder was moved or deleted: whatever has its name now needs a watch of its own. */
  gone: boolean;
  failed: boolean;
}

/** The folders that are watched at present. */
export class FolderSet {
  readonly #listener: FolderSetListener;
  readonly #armed = new Map<string, Armed>();
  #closed: boolean = false;

  constructor(listener: FolderSetListener) {
    this.#listener = listener;
  }

  /** Watches exactly these folders from now on; true when a watch was added. Waits until all of them hear. */
  async become(folders: ReadonlyMap<string, WatchedFolder>): Promise<boolean> {
    for (const [folder, armed] of this.#armed) {
      if (armed.state.gone || armed.identity !== folders.get(folder)?.identity) {
        await this.#disarm(folder, armed);
      }
    }
    const added: Promise<void>[] = [];
    for (const [folder, { identity, names }] of folders) {
      const armed = this.#armed.get(folder);
      if (armed !== undefined) {
        armed.state.names = names;
      } else if (!this.#closed) {
        added.push(this.#arm(folder, identity, names));
      }
    }
    await Promise.all(added);
    return added.length > 0;
  }

  /** Forgets the watches that could not be set, so that the next `become` tries them again. */
  async dropFailed(): Promise<void> {
    for (const [folder, armed] of this.#armed) {
      if (armed.state.failed) {
        await this.#disarm(folder, armed);
      }
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#armed].map(([folder, armed]) => this.#disarm(folder, armed)));
  }

  #arm(folder: string, identity: string, names: ReadonlySet<string> | undefined): Promise<void> {
    const state: ArmedState = { names, gone: false, failed: false };
    const watch = watchFolder(folder, (name) => state.names?.has(name) ?? true, {
      changed: (gone) => {
        state.gone ||= gone;
        this.#listener.changed();
      },
      failed: (error) => {
        state.failed = true;
        this.#listener.failed(error);
      },
    });
    this.#armed.set(folder, { identity, state, watch });
    return watch.ready;
  }

  #disarm(folder: string, armed: Armed): Promise<void> {
    // The old watch first: chokidar shares one system watch among all that name the same path, also a deaf one.
    this.#armed.delete(folder);
    return armed.watch.close();
  }
}
