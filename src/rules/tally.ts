import type { PartCounts } from './compile/list-parts.js';
import { formatCount, type Limits } from './limits.js';

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

  /** Counts what another tally has counted. False: that would be too much of something, and nothing was counted. */
  add(other: Tally): boolean {
    const names =
      other.#headerNames.size === 0 ? this.#headerNames : new Set([...this.#headerNames, ...other.#headerNames]);
    const { policies, entries, inlineEntries, regexInstructions, headerNames } = this.#limits;
    const fits =
      this.#policies + other.#policies <= policies &&
      this.#entries + other.#entries <= entries &&
      this.#inline + other.#inline <= inlineEntries &&
      this.#regexInstructions + other.#regexInstructions <= regexInstructions &&
      names.size <= headerNames;
    if (!fits) return false;
    this.#policies += other.#policies;
    this.#entries += other.#entries;
    this.#inline += other.#inline;
    this.#regexInstructions += other.#regexInstructions;
    for (const name of other.#headerNames) this.#headerNames.add(name);
    return true;
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
