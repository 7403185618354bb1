import {
  COVERS_DEEPER,
  COVERS_ONE_BELOW,
  COVERS_SELF,
  ENTRY_FLAGS,
  ENTRY_NEXT,
  ENTRY_WORDS,
  HAS_CONDITIONS,
  NO_ENTRY,
} from './entry-record.js';

const REACH_FLAGS = COVERS_SELF | COVERS_ONE_BELOW | COVERS_DEEPER;

/** One for all lists that name no addresses. */
const NO_HEADS = new Uint32Array(0);

/** Links entries with the same host into chains of ascending positions, from the last entry to the first. */
export class EntryChains {
  readonly records: Uint32Array;

  constructor(records: Uint32Array) {
    this.records = records;
  }

  /** Links ascending positions; returns the first, `NO_ENTRY` if there is none. */
  link(positions: readonly number[]): number {
    let head = NO_ENTRY;
    for (const entry of positions.toReversed()) {
      this.putBefore(entry, head);
      head = entry;
    }
    return head;
  }

  /** As `link`, for several chains at once: the entry at each place of `positions` belongs to the group at that place. */
  linkGroups(positions: readonly number[], groupOf: Int32Array, groups: number): Uint32Array {
    if (groups === 0) return NO_HEADS;
    const heads = new Uint32Array(groups).fill(NO_ENTRY);
    for (let place = positions.length - 1; place >= 0; place--) {
      const entry = positions[place] as number;
      const group = groupOf[place] as number;
      this.putBefore(entry, heads[group] as number);
      heads[group] = entry;
    }
    return heads;
  }

  /**
   * Puts an entry before a chain. Those at its head that can never be the first to match, because this one always
   * matches where they do, are left out: a list that repeats a name a million times has a chain of one.
   */
  putBefore(entry: number, chain: number): void {
    let following = chain;
    while (following !== NO_ENTRY && this.#alwaysCovers(entry, following)) following = this.#next(following);
    this.records[ENTRY_WORDS * entry + ENTRY_NEXT] = following;
  }

  #alwaysCovers(entry: number, other: number): boolean {
    const reach = this.#flags(other) & REACH_FLAGS;
    return (this.#flags(entry) & (HAS_CONDITIONS | reach)) === reach;
  }

  #flags(entry: number): number {
    return this.records[ENTRY_WORDS * entry + ENTRY_FLAGS] as number;
  }

  #next(entry: number): number {
    return this.records[ENTRY_WORDS * entry + ENTRY_NEXT] as number;
  }
}
