import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

/** A rules directory of its own for one test, in a folder of its own, so that it can be deleted and made again. */
export class RulesDir {
  /** The folder around the directory. */
  readonly around: string;
  /** The directory itself. */
  readonly path: string;

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.around = realpathSync(mkdtempSync(join(tmpdir(), 'refgate-rules-')));
    this.path = join(this.around, 'rules');
    this.make(files);
  }

  /** Absolute path of a file in the directory. */
  at(name: string): string {
    return join(this.path, name);
  }

  /** Absolute path beside the directory. */
  beside(name: string): string {
    return join(this.around, name);
  }

  /** A file beside the directory. */
  writeBeside(name: string, text: string): void {
    writeFiles(this.around, { [name]: text });
  }

  make(files: Readonly<Record<string, string>>): void {
    mkdirSync(this.path, { recursive: true });
    writeFiles(this.path, files);
  }

  /** The text of a file. */
  read(name: string): string {
    return readFileSync(this.at(name), 'utf8');
  }

  /** The files of the directory and its folders, in order. */
  list(): string[] {
    const entries = readdirSync(this.path, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    return files.map((entry) => relative(this.path, join(entry.parentPath, entry.name))).sort();
  }

  /** In place, as `echo … > file` does. */
  write(name: string, text: string): void {
    writeFiles(this.path, { [name]: text });
  }

  /** As most editors save: a new file, renamed over the old one. */
  saveByRename(name: string, text: string): void {
    this.write(`.${name}.swp`, text);
    renameSync(this.at(`.${name}.swp`), this.at(name));
  }

  /** Renames a file beside the directory over one in it. */
  takeIn(besideName: string, name: string): void {
    renameSync(this.beside(besideName), this.at(name));
  }

  /** As vim saves with `backupcopy=no`: the old file moved away, a new one written, the old one deleted. */
  saveLikeVim(name: string, text: string): void {
    renameSync(this.at(name), this.at(`${name}~`));
    this.write(name, text);
    rmSync(this.at(`${name}~`));
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }

  /** Deletes everything, also what is around. */
  dispose(): void {
    rmSync(this.around, { recursive: true, force: true });
  }
}

/** Writes files, and the folders above them where they are missing. */
export function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** Makes a link, or points it elsewhere by renaming a new one over it, so that it is missing at no moment. */
export function pointLink(path: string, target: string): void {
  symlinkSync(target, `${path}_tmp`);
  renameSync(`${path}_tmp`, path);
}

/**
 * Fills a folder as the kubelet does for a ConfigMap (kubernetes, pkg/volume/util/atomic_writer.go): every file is a
 * link to `..data/<file>`, `..data` a link to a folder named by the time, and a change is a rename over `..data`.
 */
export class ConfigMapVolume {
  readonly #folder: string;
  #version = 0;
  #files: readonly string[] = [];

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Puts other contents in place. `old`: whether the folder of the contents before is left lying. */
  publish(files: Readonly<Record<string, string>>, old: 'keep' | 'delete' = 'delete'): void {
    const before = this.#timestamped(this.#version);
    this.#version += 1;
    const fresh = this.#timestamped(this.#version);
    writeFiles(join(this.#folder, fresh), files);
    pointLink(join(this.#folder, '..data'), fresh);
    this.#alignLinks(Object.keys(files));
    if (old === 'delete') {
      rmSync(join(this.#folder, before), { recursive: true, force: true });
    }
  }

  #timestamped(version: number): string {
    return `..2026_11_02_10_00_${String(version).padStart(2, '0')}.${1_000_000 + version}`;
  }

  #alignLinks(names: readonly string[]): void {
    for (const name of names.filter((each) => !this.#files.includes(each))) {
      symlinkSync(join('..data', name), join(this.#folder, name));
    }
    for (const name of this.#files.filter((each) => !names.includes(each))) {
      rmSync(join(this.#folder, name));
    }
    this.#files = names;
  }
}
