import type { Hash } from 'node:crypto';
import type { BotRanges } from './bots/bot-ranges.js';
import type { ListParts, PartCounts } from './compile/list-parts.js';
import type { Findings } from './findings.js';
import { formatCount, type Limits } from './limits.js';

/** What one load carries from file to file. */
export interface LoadSession {
  /** The rule directory as the operator gave it. */
  readonly dir: string;
  readonly limits: Limits;
  readonly findings: Findings;
  readonly tally: Tally;
  /** Takes the path and content of every file that is read. */
  readonly digest: Hash;
  /** What was read, by the path that named it, to be compared with what is there afterwards. */
  readonly identities: Map<string, string>;
  /** Whom `exempt.verifiedBots` can name. */
  readonly bots: BotRanges;
  /** Large list files that need not be compiled again. */
  readonly parts: ListParts;
  /** The place of each policy's name, for the one that comes later with the same. */
  readonly names: Map<string, string>;
}

/** Counts what the limits are about. */
export class Tally {
  readonly #limits: Limits;
  #policies = 0;
  #entries = 0;
  #inline = 0;
  #regexInstructions = 0;
  readonly #headerNames = new Set<string>();

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  get entries(): number {
    return this.#entries;
  }

  /** What has been counted of lists, as a list part counts it. */
  get lists(): PartCounts {
    return { entries: this.#entries, regexInstructions: this.#regexInstructions };
  }

  /** True: something was too much, so that not all of it was taken. */
  get isOver(): boolean {
    return this.#entries > this.#limits.entries || this.#regexInstructions > this.#limits.regexInstructions;
  }

  /** Counts the entries of a list part that is known. False: that would be too many, and none was counted. */
  part({ entries, regexInstructions }: PartCounts): boolean {
    const isRoom =
      this.#entries + entries <= this.#limits.entries &&
      this.#regexInstructions + regexInstructions <= this.#limits.regexInstructions;
    if (!isRoom) return false;
    this.#entries += entries;
    this.#regexInstructions += regexInstructions;
    return true;
  }

  /** Counts a policy. `full`: no more are taken, and `problem` says so once. */
  policy(): Counted {
    return over(++this.#policies, this.#limits.policies, 'policies in all files');
  }

  /** Counts an entry that is written in a rule file. */
  inlineEntry(): Counted {
    const inline = over(++this.#inline, this.#limits.inlineEntries, 'entries in rule files; put them in a list file');
    return inline.full ? inline : this.entry();
  }

  /** Counts a request header that a condition reads, once for all conditions. */
  headerName(name: string): Counted {
    if (this.#headerNames.has(name)) return ROOM;
    this.#headerNames.add(name);
    return over(
      this.#headerNames.size,
      this.#limits.headerNames,
      'different headers in the conditions of all policies',
    );
  }

  /** Counts an entry, wherever it is written. */
  entry(): Counted {
    return over(++this.#entries, this.#limits.entries, 'entries in all lists');
  }

  /** Counts the steps of a regular expression. */
  regex(instructions: number): Counted {
    const limit = this.#limits.regexInstructions;
    const before = this.#regexInstructions;
    this.#regexInstructions += instructions;
    if (this.#regexInstructions <= limit) return ROOM;
    const what = 'steps in the regular expressions of all policies; write hosts and globs in place of some';
    return before <= limit ? { full: true, problem: `more than ${formatCount(limit)} ${what}` } : FULL;
  }
}

/** Whether there was room for what was counted. */
export interface Counted {
  readonly full: boolean;
  readonly problem?: string;
}

const ROOM: Counted = { full: false };
const FULL: Counted = { full: true };

function over(count: number, limit: number, what: string): Counted {
  if (count <= limit) return ROOM;
  return count === limit + 1 ? { full: true, problem: `more than ${formatCount(limit)} ${what}` } : FULL;
}
