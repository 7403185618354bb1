import type { KnownPolicies } from '../compile/compile-rules.js';
import type { Limits } from '../limits.js';
import { joinDir, type ListedFile } from '../read/list-rule-files.js';
import { BotMemory } from './bot-memory.js';
import { FileContents } from './file-contents.js';
import { FileHashes } from './file-hashes.js';
import { FileMemory } from './file-memory.js';
import type { LoadedRules } from './load-result.js';
import type { LoadedFile } from './loaded-file.js';
import { PartMemory } from './part-memory.js';

/** What a loader knows from one load to the next. */
export class KnownFiles {
  readonly hashes: FileHashes;
  readonly contents: FileContents;
  readonly files: FileMemory = new FileMemory();
  readonly bots: BotMemory;
  readonly policies: KnownPolicies = new WeakMap();
  readonly parts: PartMemory = new PartMemory();
  /** What came of the last files without mistakes. */
  last: { readonly result: LoadedRules; readonly files: readonly LoadedFile[] } | undefined;

  /** `now`: see `FileHashes`. */
  constructor(limits: Limits, now?: () => number) {
    this.hashes = new FileHashes(now);
    this.contents = new FileContents(this.hashes);
    this.bots = new BotMemory(this.contents, limits);
  }

  /** The list files that the known rule files name, by their path below the directory. */
  get lists(): ReadonlySet<string> {
    const lists = [...this.files].flatMap(({ session }) => session.lists);
    return new Set(lists.flatMap(({ found }) => found?.relative ?? []));
  }

  /** Whether a rule file is what it was when it was loaded, told by its looks. */
  isKnown(dir: string, file: ListedFile): boolean {
    const hash = this.contents.hashOf(joinDir(dir, file.relative), file);
    return hash !== undefined && this.files.recall(file.relative, hash) !== undefined;
  }
}
