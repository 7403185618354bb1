import type { RefererUrl } from './referer-url.js';

/** The entries of one list, which are asked about Referers as `R`. */
export interface EntryMatcher<R = RefererUrl> {
  /** Number of entries, those of list files included. */
  readonly size: number;
  /**
   * True: a look-up tries patterns (regular expressions, globs of texts), and so costs more than the decision cache does;
   * `test/bench/cache.ts` compares them.
   */
  readonly isDear: boolean;
  /** The first entry in list order that matches, as written; `undefined` when none does. */
  find(referer: R): string | undefined;
}

/** Positions of policies, ascending. They hold until the index is asked again, since an answer must cost no memory. */
export interface Candidates extends Iterable<number> {
  readonly length: number;
  at(place: number): number | undefined;
}

/** Policies by the request's host. */
export interface HostIndex {
  /** Positions of the policies whose `match.hosts` covers the host (or that have none), ascending. */
  candidates(host: string): Candidates;
}

/** Host patterns of one condition. */
export interface HostMatcher {
  /** @param host - normalised */
  covers(host: string): boolean;
}

/** A set of addresses and CIDR blocks. */
export interface AddressMatcher {
  /** False for text that is no IP address. IPv4-mapped IPv6 addresses count as IPv4. */
  has(address: string): boolean;
}

/** Globs over a whole text. */
export interface TextMatcher {
  matches(text: string): boolean;
}
