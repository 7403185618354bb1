import { createHash } from 'node:crypto';
import type { BotRanges } from '../bots/bot-ranges.js';
import { type BotDirectory, rangeFilesOf } from '../bots/list-bot-files.js';
import { loadBotRanges } from '../bots/load-bot-ranges.js';
import { Findings } from '../findings.js';
import type { Limits } from '../limits.js';
import { joinDir, type ListedFile } from '../read/list-rule-files.js';
import type { FileContents } from './file-contents.js';

/** The ranges of all bots. */
export interface LoadedBots {
  readonly ranges: BotRanges;
  readonly findings: Findings;
  /** Of all files that were read. */
  readonly digest: string;
}

/** Loads the ranges of bots, and keeps them until a file has another content. */
export class BotMemory {
  readonly #contents: FileContents;
  readonly #limits: Limits;
  #last: LoadedBots | undefined;

  constructor(contents: FileContents, limits: Limits) {
    this.#contents = contents;
    this.#limits = limits;
  }

  /** `undefined`: there is no such directory, and no bot is known. */
  async load(bots: BotDirectory | undefined): Promise<LoadedBots> {
    const files = bots === undefined ? [] : rangeFilesOf(bots);
    const hash = createHash('sha256');
    const read: ListedFile[] = [];
    for (const file of files) {
      const content = await this.#contents.read(
        joinDir(bots?.dir ?? '', file.relative),
        file,
        this.#limits.botRangeFileBytes,
      );
      hash.update(JSON.stringify([file.relative, content.hash]));
      read.push(
        typeof content.bytes === 'string' ? { ...file, problem: content.bytes } : { ...file, content: content.bytes },
      );
    }
    const digest = hash.digest('hex');
    if (this.#last?.digest !== digest) this.#last = await this.#loadAnew({ dir: bots?.dir ?? '', files: read }, digest);
    return this.#last;
  }

  async #loadAnew(bots: BotDirectory, digest: string): Promise<LoadedBots> {
    const findings = new Findings(this.#limits.errors);
    return { ranges: await loadBotRanges(bots, { findings, limits: this.#limits }), findings, digest };
  }
}
