import { basename, dirname } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';

/** What is heard of a folder. */
export interface FolderListener {
  /** Something may have changed. `gone`: the folder itself was moved or deleted, so this watch may be deaf by now. */
  changed(gone: boolean): void;
  /** The watch could not be set (ENOSPC: no inotify watches left, EMFILE, EACCES) or broke. */
  failed(error: NodeJS.ErrnoException): void;
}

/** A running watch. */
export interface FolderWatch {
  /** Fulfilled when every later change will be heard (or the watch has failed, or is closed); never rejected. */
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

/**
 * Watches one folder, not those below it.
 *
 * chokidar 5 could watch a whole tree, but: it follows a link that leads upwards until the system answers ELOOP, at 40
 * rounds, and two such links make 2^40 paths (paulmillr/chokidar#1462); it reads a new folder before it watches it, so
 * that a file added in between is never seen; it does not take up a root again that was deleted and made anew (#404,
 * #1278). With one instance a folder the caller decides what is followed, and `ready` says from when nothing is missed.
 */
export function watchFolder(
  folder: string,
  isOfInterest: (name: string) => boolean,
  listener: FolderListener,
): FolderWatch {
  const watcher = watch(folder, {
    depth: 0,
    followSymlinks: false,
    ignoreInitial: true,
    // With `atomic`, chokidar ignores names such as `list~` and holds removals back; the debounce does that better.
    atomic: false,
    // Also what is not in the folder: chokidar turns to the parent of a folder that has vanished meanwhile.
    ignored: (path) => path !== folder && (dirname(path) !== folder || !isOfInterest(basename(path))),
  });
  const { ready, release } = readiness(watcher);
  watcher.on('error', (error) => {
    listener.failed(error as NodeJS.ErrnoException);
    // A listing that breaks off (EMFILE) never becomes ready.
    release();
  });
  watcher.on('all', () => listener.changed(false));
  // chokidar drops a change that follows another within 50 ms. While the debounce waits that is no loss, but it is one
  // when the debounce has just run out its longest wait. Raw events are not dropped.
  watcher.on('raw', (event, name: string | null, details) => {
    const gone = event === 'rename' && isOwnName(folder, name, details);
    if (gone || name === null || isOfInterest(name)) {
      listener.changed(gone);
    }
  });
  return {
    ready,
    close() {
      release();
      return watcher.close();
    },
  };
}

function readiness(watcher: FSWatcher): { readonly ready: Promise<void>; readonly release: () => void } {
  let release = (): void => undefined;
  const ready = new Promise<void>((resolve) => {
    release = resolve;
  });
  watcher.once('ready', release);
  return { ready, release };
}

/** A folder's own end is told to its watch as a "rename" of its own name, or of none (libuv, uv_fs_event_cb). */
function isOwnName(folder: string, name: string | null, details: unknown): boolean {
  const { watchedPath } = details as { readonly watchedPath?: string };
  return watchedPath === folder && (name === null || name === basename(folder));
}
