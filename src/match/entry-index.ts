import type { EntryMatcher } from '../model/matchers.js';
import type { RefererUrl } from '../model/referer-url.js';
import { type AddressBlocks, innermostBlockOfHost } from './address-blocks.js';
import { CONDITION_ENTRY, CONDITION_WORDS, conditionsHold, type EntryConditions } from './entry-conditions.js';
import {
  COVERS_DEEPER,
  COVERS_ONE_BELOW,
  COVERS_SELF,
  ENTRY_FLAGS,
  ENTRY_NEXT,
  ENTRY_WORDS,
  FLAG_BITS,
  HAS_CONDITIONS,
  HAS_NAMES_BELOW,
  HAS_PATHS,
  LENGTH_BITS,
  LONGEST_TEXT,
  NO_ENTRY,
} from './entry-record.js';
import { FoundWildcards } from './found-wildcards.js';
import { hashStep } from './hash-seed.js';
import { hostShape } from './host-shape.js';
import { findKey, type KeyTable } from './key-table.js';
import type { MadeOf } from './matcher-data.js';
import { type ListedRegex, RegexList } from './regex-list.js';
import type { NoteSet } from './regex-set.js';
import {
  collectWildcards,
  WILDCARD_POSITIONS,
  WILDCARD_POSITIONS_LENGTH,
  WILDCARD_WORDS,
  type WildcardTable,
} from './wildcard-table.js';

/**
 * A list of entries, compiled: a plain object of typed arrays. An entry's
 * number is its position in the list. Entries with the same host form a chain in ascending order.
 */
export interface EntryIndexData {
  readonly kind: 'entry-index';
  readonly size: number;
  /**
   * Names: the value of a key is the first entry of its chain. The records are those of all entries, those without a
   * name too, `ENTRY_WORDS` numbers each; the bytes hold the entries' texts as well as the names.
   */
  readonly names: KeyTable;
  readonly conditions: EntryConditions;
  /** For the first entry of a long chain, those further entries that name a path, by path. */
  readonly paths: ReadonlyMap<number, KeyTable>;
  /** First entry of the chain of those that cover every host. */
  readonly anyHost: number;
  readonly networks: AddressBlocks;
  /** First entry of each block's chain. */
  readonly networkEntries: Uint32Array;
  /** Absent where there are none. */
  readonly wildcards: WildcardTable | undefined;
  readonly regexes: readonly ListedRegex[];
}

const DOT = 46; /* '.' */

/** What the wildcards found for the host at hand; filled by each look-up that asks for them. */
const found = new FoundWildcards();

/**
 * Looks entries up. A host costs one pass over its characters and one probe at each dot, however many entries there
 * are, regular expressions apart; a look-up allocates nothing but the text that it returns, and changes nothing.
 */
export class EntryIndex implements EntryMatcher, MadeOf<EntryIndexData> {
  readonly data: EntryIndexData;
  readonly #bytes: Buffer;
  readonly #regexes: RegexList | undefined;

  constructor(data: EntryIndexData, note?: NoteSet) {
    const { bytes } = data.names;
    this.data = data;
    this.#regexes = data.regexes.length === 0 ? undefined : new RegexList(data.regexes, note);
    // What comes from another thread is a plain Uint8Array.
    this.#bytes = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get size(): number {
    return this.data.size;
  }

  get isDear(): boolean {
    return this.#regexes !== undefined;
  }

  find(referer: RefererUrl): string | undefined {
    const entry = this.first(referer);
    return entry === NO_ENTRY ? undefined : this.written(entry);
  }

  /** The text of an entry, as it was written. */
  written(entry: number): string {
    const { records } = this.data.names;
    const packed = records[ENTRY_WORDS * entry + ENTRY_FLAGS] as number;
    const start = (records[ENTRY_WORDS * entry] as number) - (packed >>> (FLAG_BITS + LENGTH_BITS));
    const length = (packed >>> FLAG_BITS) & LONGEST_TEXT;
    return this.#bytes.toString('utf8', start, start + length);
  }

  /**
   * The first entry that matches, `NO_ENTRY` if none does. Each structure is asked only for what comes before the entry
   * that is found already.
   */
  first(referer: RefererUrl): number {
    const shape = hostShape(referer.host);
    if (shape === 'malformed') return NO_ENTRY;
    const first = this.#firstOfHosts(referer, shape);
    return this.#regexes === undefined ? first : this.#regexes.first(referer.sent, first);
  }

  #firstOfHosts(referer: RefererUrl, shape: 'name' | 'address'): number {
    const first = this.#firstInChain(this.data.anyHost, NO_ENTRY, 0, referer);
    if (shape === 'address') return this.#firstOfNetworks(referer, first);
    const named = this.#firstOfNames(referer, first);
    const { wildcards } = this.data;
    return wildcards === undefined ? named : this.#firstOfWildcards(wildcards, referer, named);
  }

  #firstOfNames(referer: RefererUrl, limit: number): number {
    const { host } = referer;
    const { names } = this.data;
    const { start, multiplier } = names.seed;
    const firstDot = host.indexOf('.');
    const leftmost = Math.max(0, host.length - names.longest);
    let first = limit;
    let hash = start;
    for (let i = host.length - 1; i >= leftmost; i--) {
      hash = hashStep(hash, host.charCodeAt(i), multiplier);
      if (i > 0 && host.charCodeAt(i - 1) !== DOT) continue;
      const entry = findKey(names, hash, host, i, host.length);
      if (entry < 0) continue;
      first = this.#firstOfName(entry, first, reachNeeded(i, firstDot), referer);
      // Of the memory that a look-up reads, a probe that finds nothing is a third.
      if ((this.#flags(entry) & HAS_NAMES_BELOW) === 0) break;
    }
    return first;
  }

  #firstOfName(entry: number, limit: number, reach: number, referer: RefererUrl): number {
    const first = this.#firstInChain(entry, limit, reach, referer);
    const paths = this.#flags(entry) & HAS_PATHS ? this.data.paths.get(entry) : undefined;
    return paths === undefined ? first : this.#firstOfPaths(paths, first, reach, referer);
  }

  /** Tries every beginning of the Referer's path as a key. */
  #firstOfPaths(paths: KeyTable, limit: number, reach: number, referer: RefererUrl): number {
    const { path } = referer;
    const { start, multiplier } = paths.seed;
    const longest = Math.min(path.length, paths.longest);
    let first = limit;
    let hash = start;
    for (let end = 1; end <= longest; end++) {
      hash = hashStep(hash, path.charCodeAt(end - 1), multiplier);
      const row = findKey(paths, hash, path, 0, end);
      if (row < 0) continue;
      const entry = paths.records[CONDITION_WORDS * row + CONDITION_ENTRY] as number;
      first = this.#firstInChain(entry, first, reach, referer);
    }
    return first;
  }

  #firstOfNetworks(referer: RefererUrl, limit: number): number {
    const { networks, networkEntries } = this.data;
    let first = limit;
    let block = innermostBlockOfHost(networks, referer.host);
    for (; block >= 0; block = networks.parents[block] as number) {
      first = this.#firstInChain(networkEntries[block] as number, first, 0, referer);
    }
    return first;
  }

  #firstOfWildcards(wildcards: WildcardTable, referer: RefererUrl, limit: number): number {
    let first = limit;
    found.count = 0;
    collectWildcards(wildcards, referer.host, limit, found);
    for (let place = 0; place < found.count; place++) {
      first = this.#firstOfWildcard(wildcards, found.at(place), first, referer);
    }
    return first;
  }

  /** The first entry that is written as this wildcard. */
  #firstOfWildcard(
    { records, positions }: WildcardTable,
    wildcard: number,
    limit: number,
    referer: RefererUrl,
  ): number {
    const record = WILDCARD_WORDS * wildcard;
    const start = records[record + WILDCARD_POSITIONS] as number;
    const end = start + (records[record + WILDCARD_POSITIONS_LENGTH] as number);
    for (let place = start; place < end; place++) {
      const entry = positions[place] as number;
      if (entry >= limit) return limit;
      if (this.#covers(entry, 0, referer)) return entry;
    }
    return limit;
  }

  /** The first entry of a chain below `limit` that has the reach and whose conditions hold; else `limit`. */
  #firstInChain(head: number, limit: number, reach: number, referer: RefererUrl): number {
    const { records } = this.data.names;
    for (let entry = head; entry < limit; entry = records[ENTRY_WORDS * entry + ENTRY_NEXT] as number) {
      if (this.#covers(entry, reach, referer)) return entry;
    }
    return limit;
  }

  #covers(entry: number, reach: number, referer: RefererUrl): boolean {
    const flags = this.#flags(entry);
    if ((flags & reach) !== reach) return false;
    if ((flags & HAS_CONDITIONS) === 0) return true;
    return conditionsHold(this.data.conditions, this.#bytes, entry, referer);
  }

  #flags(entry: number): number {
    return this.data.names.records[ENTRY_WORDS * entry + ENTRY_FLAGS] as number;
  }
}

/** Which flag an entry needs whose name is the host's suffix from `start` on. */
function reachNeeded(start: number, firstDot: number): number {
  if (start === 0) return COVERS_SELF;
  return start - 1 === firstDot ? COVERS_ONE_BELOW : COVERS_DEEPER;
}
