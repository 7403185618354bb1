import type { HostIndex } from '../model/matchers.js';
import { type AddressBlocks, innermostBlockOfHost } from './address-blocks.js';
import { type HashSeed, hashStep } from './hash-seed.js';
import { DEEPER, type Depth, type HostNode, ONE_BELOW, policiesAt, SELF } from './host-node.js';
import { hostShape } from './host-shape.js';
import { findKey, type KeyTable } from './key-table.js';
import { type PositionList, unite } from './position-list.js';
import type { Wildcard } from './wildcard.js';
import { collectWildcards, type WildcardTable } from './wildcard-table.js';
import { buildWildcardTable, type PlacedWildcard } from './wildcard-table-builder.js';

/** Policies by host, compiled. */
export interface HostLookupData {
  /** The policies that cover every host. */
  readonly everyHost: PositionList;
  /** Named hosts; a key's value is the place of its node. */
  readonly names: KeyTable;
  readonly nodes: readonly HostNode[];
  readonly networks: AddressBlocks;
  /** A node for each block. */
  readonly networkNodes: readonly HostNode[];
  readonly wildcards: readonly PlacedWildcard[];
  readonly seed: HashSeed;
}

const DOT = 46; /* '.' */

/** What the wildcards found for the host at hand; emptied by each look-up. */
const found: Wildcard[] = [];

/**
 * Looks policies up. The lists lie ready, so that a look-up allocates nothing, unless a pattern such as
 * `a*b.example.com` adds to what the names give.
 */
export class HostLookup implements HostIndex {
  readonly data: HostLookupData;
  readonly #wildcards: WildcardTable;

  constructor(data: HostLookupData) {
    this.data = data;
    this.#wildcards = buildWildcardTable(data.wildcards, data.seed);
  }

  /** A host with an empty label is a host all the same, and gets the policies that cover every host. */
  candidates(host: string): ArrayLike<number> {
    const shape = hostShape(host);
    if (shape === 'malformed') return this.data.everyHost;
    return shape === 'address' ? this.#byAddress(host) : this.#withWildcards(host, this.#byName(host));
  }

  #byAddress(host: string): PositionList {
    const { networks, networkNodes, everyHost } = this.data;
    const node = networkNodes[innermostBlockOfHost(networks, host)];
    return node === undefined ? everyHost : policiesAt(node, SELF, everyHost);
  }

  /** The longest name that the host ends with knows the policies of all the shorter ones. */
  #byName(host: string): PositionList {
    const { names, nodes, everyHost } = this.data;
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
    const node = nodes[longest];
    return node === undefined ? everyHost : policiesAt(node, depthAt(host, longestStart), everyHost);
  }

  #withWildcards(host: string, named: PositionList): PositionList {
    collectWildcards(this.#wildcards, host, Number.POSITIVE_INFINITY, found);
    let list = named;
    for (const { positions } of found) list = unite(list, positions);
    found.length = 0;
    return list;
  }
}

/** How far the host is below its suffix from `start` on. */
function depthAt(host: string, start: number): Depth {
  if (start === 0) return SELF;
  return host.indexOf('.') === start - 1 ? ONE_BELOW : DEEPER;
}
