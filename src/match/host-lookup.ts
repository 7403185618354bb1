import type { Candidates, HostIndex } from '../model/matchers.js';
import { type AddressBlocks, innermostBlockOfHost } from './address-blocks.js';
import { NO_ENTRY } from './entry-record.js';
import { FoundWildcards } from './found-wildcards.js';
import { hashStep } from './hash-seed.js';
import { DEEPER, type Depth, ONE_BELOW, SELF } from './host-node.js';
import { HOST_DEPTH, HOST_OWN, HOST_PARENT, HOST_UNITED, HOST_WORDS, NO_HOST, NOT_UNITED } from './host-record.js';
import { hostShape } from './host-shape.js';
import { findKey, type KeyTable } from './key-table.js';
import { PositionView } from './position-view.js';
import {
  collectWildcards,
  WILDCARD_POSITIONS,
  WILDCARD_POSITIONS_LENGTH,
  WILDCARD_WORDS,
  type WildcardTable,
} from './wildcard-table.js';

/** Policies by host, compiled: typed arrays, however many hosts there are. */
export interface HostLookupData {
  /** Positions of policies, list after list; first those of the policies that cover every host. */
  readonly positions: Uint32Array;
  readonly everyHost: number;
  /** Named hosts; their records are followed by those of the blocks of addresses. */
  readonly names: KeyTable;
  /** How many hosts are named. */
  readonly named: number;
  readonly networks: AddressBlocks;
  /** Absent where no policy names any. */
  readonly wildcards: WildcardTable | undefined;
}

const DOT = 46; /* '.' */

/** What the wildcards found for the host at hand; filled by each look-up. */
const found = new FoundWildcards();

/** Looks policies up. The lists lie ready, and those that do not are united in memory that is there: see `PositionView`. */
export class HostLookup implements HostIndex {
  readonly data: HostLookupData;
  readonly #view = new PositionView();

  constructor(data: HostLookupData) {
    this.data = data;
  }

  /** A host with an empty label is a host all the same, and gets the policies that cover every host. */
  candidates(host: string): Candidates {
    const shape = hostShape(host);
    if (shape === 'address') this.#showAddress(host);
    else if (shape === 'name') this.#showName(host);
    else this.#showEveryHost();
    return this.#view;
  }

  #showEveryHost(): void {
    this.#view.show(this.data.positions, 0, this.data.everyHost);
  }

  #showAddress(host: string): void {
    const block = innermostBlockOfHost(this.data.networks, host);
    if (block < 0) this.#showEveryHost();
    else this.#showHost(this.data.named + block, SELF);
  }

  /** The longest name that the host ends with knows the policies of all the shorter ones. */
  #showName(host: string): void {
    const { names } = this.data;
    const { start, multiplier } = names.seed;
    const leftmost = Math.max(0, host.length - names.longest);
    let hash = start;
    let longest = -1;
    let longestStart = 0;
    for (let i = host.length - 1; i >= leftmost; i--) {
      hash = hashStep(hash, host.charCodeAt(i), multiplier);
      if (i > 0 && host.charCodeAt(i - 1) !== DOT) continue;
      const key = findKey(names, hash, host, i, host.length);
      if (key < 0) continue;
      longest = key;
      longestStart = i;
    }
    if (longest < 0) this.#showEveryHost();
    else this.#showHost(longest, depthAt(host, longestStart));
    this.#addWildcards(host);
  }

  /** All policies for what is `depth` below a host: united in advance, or else up to where they are. */
  #showHost(host: number, depth: Depth): void {
    const { records } = this.data.names;
    this.#view.show(this.data.positions, 0, 0);
    let at: number = depth;
    for (let up = host; up !== NO_HOST; up = records[HOST_WORDS * up + HOST_PARENT] as number) {
      const record = HOST_WORDS * up;
      const united = record + HOST_UNITED + 2 * at;
      const isUnited = records[united + 1] !== NOT_UNITED;
      this.#addList(isUnited ? united : record + HOST_OWN + 2 * at);
      if (isUnited) return;
      // Whatever is below this host is at least two labels below its parent.
      at = at === SELF ? (records[record + HOST_DEPTH] as number) : DEEPER;
    }
    this.#view.add(this.data.positions, 0, this.data.everyHost);
  }

  #addList(word: number): void {
    const { records } = this.data.names;
    const length = records[word + 1] as number;
    if (length === 1) this.#view.add(records, word, 1);
    else this.#view.add(this.data.positions, records[word] as number, length);
  }

  #addWildcards(host: string): void {
    const { wildcards } = this.data;
    if (wildcards === undefined) return;
    const { records, positions } = wildcards;
    found.count = 0;
    collectWildcards(wildcards, host, NO_ENTRY, found);
    for (let place = 0; place < found.count; place++) {
      const record = WILDCARD_WORDS * found.at(place);
      const start = records[record + WILDCARD_POSITIONS] as number;
      this.#view.add(positions, start, records[record + WILDCARD_POSITIONS_LENGTH] as number);
    }
  }
}

/** How far the host is below its suffix from `start` on. */
function depthAt(host: string, start: number): Depth {
  if (start === 0) return SELF;
  return host.indexOf('.') === start - 1 ? ONE_BELOW : DEEPER;
}
