import type { HostPattern, NetworkPattern } from '../model/entry.js';
import type { HostIndex } from '../model/matchers.js';
import { buildAddressBlocks } from './address-blocks-builder.js';
import { type HashSeed, randomHashSeed } from './hash-seed.js';
import { HostLookup, type HostLookupData } from './host-lookup.js';
import { type HostNode, SELF } from './host-node.js';
import { append, HostNodeMaker, NamedHosts } from './host-nodes.js';
import { HOST_WORDS } from './host-record.js';
import { buildHostRecords } from './host-records-builder.js';
import { buildKeyTableOf } from './key-table-builder.js';
import { WildcardTableBuilder } from './wildcard-table-builder.js';

/**
 * The index from a request's host to the policies that may cover it. Each element is what one policy names, in the
 * policies' order; `undefined` is a policy that names no hosts and so covers all. A look-up costs the same whatever
 * other hosts other policies name.
 */
export function buildHostIndex(
  policies: readonly (readonly HostPattern[] | undefined)[],
  seed: HashSeed = randomHashSeed(),
): HostIndex {
  return new HostLookup(buildHostLookup(policies, seed));
}

/** What `HostLookup` works on. */
export function buildHostLookup(
  policies: readonly (readonly HostPattern[] | undefined)[],
  seed: HashSeed = randomHashSeed(),
): HostLookupData {
  const builder = new HostIndexBuilder();
  for (const [position, hosts] of policies.entries()) builder.add(hosts, position);
  return builder.build(seed);
}

class HostIndexBuilder {
  readonly #everyHost: number[] = [];
  readonly #names = new NamedHosts();
  readonly #wildcards = new WildcardTableBuilder();
  readonly #networks: NetworkPattern[] = [];
  readonly #networkPositions: number[] = [];

  add(hosts: readonly HostPattern[] | undefined, position: number): void {
    if (hosts === undefined || hosts.some(({ kind }) => kind === 'any')) {
      this.#everyHost.push(position);
      return;
    }
    for (const host of hosts) this.#addHost(host, position);
  }

  build(seed: HashSeed): HostLookupData {
    const maker = new HostNodeMaker(this.#everyHost);
    const named = this.#names.build(maker);
    const { blocks, blockOf } = buildAddressBlocks(this.#networks);
    const nodes = [...named.values(), ...this.#networkNodes(blocks.parents, blockOf, maker)];
    const { records, positions } = buildHostRecords(nodes, this.#everyHost);
    return {
      positions,
      everyHost: this.#everyHost.length,
      names: buildKeyTableOf([...named.keys()], { records, stride: HOST_WORDS }, seed, 'right'),
      named: named.size,
      networks: blocks,
      wildcards: this.#wildcards.build(seed),
    };
  }

  #addHost(host: HostPattern, position: number): void {
    if (host.kind === 'name') {
      this.#names.add(host, position);
    } else if (host.kind === 'network') {
      this.#networks.push(host);
      this.#networkPositions.push(position);
    } else if (host.kind === 'wildcard') {
      this.#wildcards.add(host, position);
    }
  }

  /** A node for each block; what a block holds is covered by the policies of the blocks around it, too. */
  #networkNodes(parents: Int32Array, blockOf: Int32Array, maker: HostNodeMaker): HostNode[] {
    const positions = Array.from(parents, (): number[] => []);
    for (const [place, block] of blockOf.entries()) append(positions[block] ?? [], this.#networkPositions[place] ?? 0);
    const nodes: HostNode[] = [];
    const make = (block: number): HostNode | undefined => {
      if (block < 0) return undefined;
      const own = positions[block] ?? [];
      nodes[block] ??= maker.make([own, [], []], make(parents[block] ?? -1), SELF);
      return nodes[block];
    };
    for (const block of parents.keys()) make(block);
    return nodes;
  }
}
