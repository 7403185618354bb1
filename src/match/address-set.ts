import type { NetworkPattern } from '../model/entry.js';
import type { AddressMatcher } from '../model/matchers.js';
import { type AddressBlocks, innermostBlock } from './address-blocks.js';
import { buildAddressBlocks } from './address-blocks-builder.js';

/** A set of addresses and CIDR blocks; a look-up costs one binary search, whatever their number. */
export function buildAddressSet(networks: readonly NetworkPattern[]): AddressMatcher {
  return new AddressSet(buildAddressBlocks(networks).blocks);
}

class AddressSet implements AddressMatcher {
  readonly #blocks: AddressBlocks;

  constructor(blocks: AddressBlocks) {
    this.#blocks = blocks;
  }

  has(address: string): boolean {
    return innermostBlock(this.#blocks, address, 0, address.length) >= 0;
  }
}
