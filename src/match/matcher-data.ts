import type { AddressBlocks } from './address-blocks.js';
import type { EntryIndexData } from './entry-index.js';
import type { HostLookupData } from './host-lookup.js';
import type { TextIndexData } from './text-index.js';

/**
 * What matchers are made of: plain objects of texts, numbers and typed arrays, which can be handed to another thread
 * and be made matchers there again (see `MatcherMaker`).
 */
export type MatcherData = EntryIndexData | TextIndexData | AddressData | HostData | TextData;

/** Of a set of addresses and blocks. */
export interface AddressData {
  readonly kind: 'address-set';
  readonly blocks: AddressBlocks;
}

/** Of the hosts of a nested condition. */
export interface HostData {
  readonly kind: 'hosts';
  readonly index: HostLookupData;
}

/** Of patterns for a text: as they were written, and compiled by whoever matches with them. */
export type TextData = GlobData | RegexData | FirstOfData;

/** Globs; those for any case are in lower case. */
export interface GlobData {
  readonly kind: 'path-globs' | 'text-globs' | 'text-globs-in-any-case';
  readonly globs: readonly string[];
}

/** A regular expression that was checked. */
export interface RegexData {
  readonly kind: 'regex';
  readonly pattern: string;
  readonly ignoreCase: boolean;
}

/** Several, of which one must match. */
export interface FirstOfData {
  readonly kind: 'first-of';
  readonly of: readonly TextData[];
}

/** A matcher that tells what it is made of. All that this folder makes do. */
export interface MadeOf<D> {
  readonly data: D;
}
