import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { listBotFiles } from '../bots/list-bot-files.js';
import { LIMITS, type Limits } from '../limits.js';
import { type HeldFiles, holdRuleFiles } from '../read/hold-rule-files.js';
import { type ListedFile, listRuleFiles, type Unlisted } from '../read/list-rule-files.js';
import { KnownFiles } from './known-files.js';
import type { LoadRequest } from './load-request.js';
import type { LoadResult, RefusedRules, UnchangedRules } from './load-result.js';
import { type ListedMoment, Moment } from './moment.js';

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
 * together; the ranges of bots are files like the others. When a directory has changed meanwhile it is read again, first
 * into memory where that is possible, so that the result is of one moment: half of an old release and half of a new one
 * may be valid and right for nobody. What was compiled once is not compiled again for it, so that a directory in which
 * single files change all the time is soon read faster than it changes. Never throws for what is in files.
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
    for (let attempt = 1; attempt <= this.#limits.readAttempts; attempt++) {
      if (attempt > 2) await pause(waitBefore(attempt));
      const listed = await this.#list(attempt);
      if ('reason' in listed) return listed;
      const result = await new Moment(listed, this.#known).load(request);
      if (result !== 'changed') return result;
    }
    return this.#neverAtRest();
  }

  async #list(attempt: number): Promise<ListedMoment | RefusedRules> {
    const dir = this.#dir;
    const { botRanges, allowEmpty = false } = this.#options;
    const listing = listRuleFiles(dir);
    if ('unreadable' in listing) return refused(dir, 'unreadable', describeUnlisted(listing, allowEmpty));
    const bots = listBotFiles(botRanges);
    if (bots !== undefined && 'unreadable' in bots) return refused(bots.dir, 'unreadable', bots.unreadable);
    const held = attempt === 1 ? undefined : await this.#hold();
    const found = held?.files ?? listing.files;
    return { dir, found, bots, limits: this.#limits, allowEmpty, heldLists: held?.lists };
  }

  #hold(): Promise<HeldFiles | undefined> {
    const known = this.#known;
    return holdRuleFiles(this.#dir, { lists: known.lists, isKnown: (file) => known.isKnown(this.#dir, file) });
  }

  #neverAtRest(): RefusedRules {
    const { botRanges } = this.#options;
    const what = botRanges === undefined ? 'the rule directory' : 'the rule directory or that of the bot ranges';
    const { readAttempts } = this.#limits;
    const message = `${what} changed each of the ${readAttempts} times it was read; let it come to rest`;
    return refused(this.#dir, 'changing', message);
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

function refused(dir: string, reason: 'unreadable' | 'changing', message: string): RefusedRules {
  const digest = createHash('sha256').update(message).digest('hex');
  const errors = [{ file: dir, line: 1, column: 1, path: '', message }];
  return { ok: false, errors, reason, digest, work: { files: 0, compiled: 0 } };
}

/**
 * Ever longer: whoever writes a large file has the time to end it, and files that are not written to look the same for
 * long enough to be known by it.
 */
function waitBefore(attempt: number): number {
  return Math.min(25 * 2 ** (attempt - 3), 1_000);
}
