import type { NetworkPattern } from '../model/entry.js';
import type { AddressBlocks, AddressRanges } from './address-blocks.js';

/** The blocks, and for each network that was given (by its place) the block it became; equal networks are one. */
export interface BuiltBlocks {
  readonly blocks: AddressBlocks;
  readonly blockOf: Int32Array;
}

/** An address block as numbers: BigInt, because this is build time and 128 bits are then one value. */
interface Block {
  readonly id: number;
  readonly first: bigint;
  readonly last: bigint;
}

/** One for all lists that name no addresses. */
const NO_BLOCKS: BuiltBlocks = {
  blocks: {
    ipv4: { starts: new Uint32Array(0), innermost: new Int32Array(0) },
    ipv6: { starts: new Uint32Array(0), innermost: new Int32Array(0) },
    parents: new Int32Array(0),
  },
  blockOf: new Int32Array(0),
};

/** Turns networks, in any order and number, into ranges for look-up. */
export function buildAddressBlocks(networks: readonly NetworkPattern[]): BuiltBlocks {
  if (networks.length === 0) return NO_BLOCKS;
  const blocks = { ipv4: new Map<string, Block>(), ipv6: new Map<string, Block>() };
  let next = 0;
  const blockOf = Int32Array.from(networks, (network) => {
    const { bits, address, prefix } = canonical(network);
    const family = bits === 32n ? blocks.ipv4 : blocks.ipv6;
    const key = `${address}/${prefix}`;
    const known = family.get(key);
    if (known !== undefined) return known.id;
    family.set(key, { id: next, first: address, last: address + (1n << (bits - prefix)) - 1n });
    return next++;
  });
  const parents = new Int32Array(next).fill(-1);
  const ipv4 = cut([...blocks.ipv4.values()], 1, parents);
  const ipv6 = cut([...blocks.ipv6.values()], 4, parents);
  return { blocks: { ipv4, ipv6, parents }, blockOf };
}

/** Host bits cleared; a block of IPv4-mapped IPv6 addresses (`::ffff:192.0.2.0/120`) is a block of IPv4. */
function canonical(network: NetworkPattern): { bits: bigint; address: bigint; prefix: bigint } {
  let address = 0n;
  for (const byte of network.address) address = (address << 8n) | BigInt(byte);
  let prefix = BigInt(network.prefix);
  let bits = network.address.length === 4 ? 32n : 128n;
  if (bits === 128n && prefix >= 96n && address >> 32n === 0xffffn) {
    bits = 32n;
    prefix -= 96n;
    address &= 0xffffffffn;
  }
  const host = bits - prefix;
  return { bits, address: (address >> host) << host, prefix };
}

/**
 * Cuts the addresses at every start and end of a block, in one sweep over the blocks in the order of their first
 * addresses, the larger first; the stack holds the blocks around the place of the sweep.
 */
function cut(blocks: readonly Block[], words: 1 | 4, parents: Int32Array): AddressRanges {
  const sorted = blocks.toSorted((a, b) => compare(a.first, b.first) || compare(b.last, a.last));
  const ranges = new RangeWriter(words);
  const around: Block[] = [];
  for (const block of sorted) {
    closeBefore(block.first, around, ranges);
    parents[block.id] = around.at(-1)?.id ?? -1;
    around.push(block);
    ranges.begin(block.first, block.id);
  }
  closeBefore(undefined, around, ranges);
  return ranges.build();
}

/** Ends the blocks that lie before an address (all, if there is none): behind each, the block around it goes on. */
function closeBefore(address: bigint | undefined, around: Block[], ranges: RangeWriter): void {
  for (let block = around.at(-1); block !== undefined; block = around.at(-1)) {
    if (address !== undefined && block.last >= address) return;
    around.pop();
    ranges.begin(block.last + 1n, around.at(-1)?.id ?? -1);
  }
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : Number(a > b);
}

/** Collects ranges; of several that begin at one address the last counts. */
class RangeWriter {
  readonly #words: 1 | 4;
  readonly #starts: bigint[] = [];
  readonly #blocks: number[] = [];

  constructor(words: 1 | 4) {
    this.#words = words;
  }

  begin(start: bigint, block: number): void {
    if (this.#starts.at(-1) === start) {
      this.#starts.pop();
      this.#blocks.pop();
    }
    this.#starts.push(start);
    this.#blocks.push(block);
  }

  build(): AddressRanges {
    const words = this.#words;
    const last = 1n << BigInt(32 * words);
    // Behind a block that ends with the last address nothing begins.
    const count = this.#starts.at(-1) === last ? this.#starts.length - 1 : this.#starts.length;
    const starts = new Uint32Array(words * count);
    for (let range = 0; range < count; range++) {
      const start = this.#starts[range] ?? 0n;
      for (let word = 0; word < words; word++) {
        starts[words * range + word] = Number((start >> BigInt(32 * (words - 1 - word))) & 0xffffffffn);
      }
    }
    return { starts, innermost: Int32Array.from(this.#blocks.slice(0, count)) };
  }
}
