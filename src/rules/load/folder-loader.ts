import { createHash } from 'node:crypto';
import { listBotFiles } from '../bots/list-bot-files.js';
import { LIMITS, type Limits } from '../limits.js';
import { holdRuleFiles } from '../read/hold-rule-files.js';
import { type ListedFile, listRuleFiles, type Unlisted } from '../read/list-rule-files.js';
import { KnownFiles } from './known-files.js';
import type { LoadRequest } from './load-request.js';
import type { LoadResult, RefusedRules, UnchangedRules } from './load-result.js';
import { Moment } from './moment.js';

/** What is loaded beside the rules, and what tests, and tools for empty folders, do otherwise. */
export interface FolderOptions {
  /** Directory of the address ranges of bots; without one, `exempt.verifiedBots` holds for none. */
  readonly botRanges?: string | undefined;
  /** A directory without any rule file is no error: somebody is about to write the first one. */
  readonly allowEmpty?: boolean;
  /** Other limits than those of the table. */
  readonly limits?: Partial<Limits>;
  /** Milliseconds of another clock. */
  readonly now?: () => number;
}

/**
 * From a directory to compiled rules: list, read, parse, validate, compile. All files or none, and all their errors
 * together; the ranges of bots are files like the others. When a directory has changed meanwhile, everything is read
 * again, first into memory where that is possible, so that the result is of one moment: half of an old release and half
 * of a new one may be valid and right for nobody. Never throws for what is in files.
 *
 * A loader that is asked again only looks at a file that is as it was. What it says is what a new loader would say.
 */
export class FolderLoader {
  readonly #dir: string;
  readonly #options: FolderOptions;
  readonly #limits: Limits;
  readonly #known: KnownFiles;

  constructor(dir: string, options: FolderOptions = {}) {
    this.#dir = dir;
    this.#options = options;
    this.#limits = { ...LIMITS, ...options.limits };
    this.#known = new KnownFiles(this.#limits, options.now);
  }

  /** Loads the directory as it is now. One load at a time. */
  async load(request: LoadRequest = {}): Promise<LoadResult | UnchangedRules> {
    const dir = this.#dir;
    const { botRanges, allowEmpty = false } = this.#options;
    for (let attempt = 1; attempt <= this.#limits.readAttempts; attempt++) {
      const listing = listRuleFiles(dir);
      if ('unreadable' in listing) return unreadable(dir, describeUnlisted(listing, allowEmpty));
      const bots = listBotFiles(botRanges);
      if (bots !== undefined && 'unreadable' in bots) return unreadable(bots.dir, bots.unreadable);
      const held = attempt === 1 ? undefined : await holdRuleFiles(dir);
      const listed = { dir, found: held ?? listing.files, bots, limits: this.#limits, allowEmpty };
      const result = await new Moment(listed, this.#known).load(request);
      if (result !== 'changed') return result;
    }
    const what = botRanges === undefined ? 'the rule directory' : 'the rule directory or that of the bot ranges';
    return unreadable(
      dir,
      `${what} changed each of the ${this.#limits.readAttempts} times it was read; let it come to rest`,
    );
  }

  /** The names of the policies in a file, as far as the last load knows them. */
  namesIn(file: ListedFile): readonly string[] | undefined {
    return this.#known.files.namesIn(file);
  }

  /** Drops the content of large lists that another thread has from now on: their ids are in its hands. */
  handOver(parts: Iterable<string>): void {
    this.#known.parts.handOver(parts);
  }

  /** Has the next load read every file, also those that look as before. */
  distrust(): void {
    this.#known.hashes.distrust();
  }
}

function describeUnlisted(listing: Unlisted, allowEmpty: boolean): string {
  return `the rule directory ${listing.unreadable}${listing.absent && allowEmpty ? '; make it, it may be empty' : ''}`;
}

function unreadable(dir: string, message: string): RefusedRules {
  const digest = createHash('sha256').update(message).digest('hex');
  const errors = [{ file: dir, line: 1, column: 1, path: '', message }];
  return { ok: false, errors, reason: 'unreadable', digest, work: { files: 0, compiled: 0 } };
}
