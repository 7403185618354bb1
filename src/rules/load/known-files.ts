import type { KnownPolicies } from '../compile/compile-rules.js';
import type { Limits } from '../limits.js';
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
}
