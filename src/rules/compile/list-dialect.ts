import type { ExpectedSize } from '../../match/expected-size.js';
import type { EntryMatcher } from '../../model/matchers.js';

/** What came of an entry: what is wrong with it, if anything. */
export interface Added {
  readonly problem?: string;
}

/** A stretch of a list of one dialect under construction. */
export interface EntryList<R> {
  /** Of its texts so far. */
  readonly bytes: number;
  /** Of its entries. */
  readonly schemes: ReadonlySet<string>;
  /** Adds an entry, whose length is within its limit. */
  add(text: string): Added;
  /** Adds an entry that covers itself alone, whatever the policy says of its own. */
  addExact(text: string): Added;
  build(): EntryMatcher<R>;
}

/** How the entries of a policy's lists are read. */
export interface ListDialect<R> {
  /** Names all that the meaning of an entry depends on beside its text. */
  readonly id: string;
  /** Whether entries are hosts, as those of presets are. */
  readonly ofHosts: boolean;
  begin(expected?: ExpectedSize): EntryList<R>;
}
