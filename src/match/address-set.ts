import type { NetworkPattern } from '../model/entry.js';
import type { AddressMatcher } from '../model/matchers.js';
import { innermostBlock } from './address-blocks.js';
import { buildAddressBlocks } from './address-blocks-builder.js';
import type { AddressData, MadeOf } from './matcher-data.js';

/** A set of addresses and CIDR blocks; a look-up costs one binary search, whatever their number. */
export function buildAddressSet(networks: readonly NetworkPattern[]): AddressMatcher {
  return new AddressSet({ kind: 'address-set', blocks: buildAddressBlocks(networks).blocks });
}

/** The addresses of some blocks. */
export class AddressSet implements AddressMatcher, MadeOf<AddressData> {
  readonly data: AddressData;

  constructor(data: AddressData) {
    this.data = data;
  }

  has(address: string): boolean {
    return innermostBlock(this.data.blocks, address, 0, address.length) >= 0;
  }
}
