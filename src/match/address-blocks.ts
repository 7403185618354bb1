import { type AddressFamily, addressWords, readAddress } from './read-address.js';

/**
 * CIDR blocks for look-up. Two blocks are either apart or one holds the other, so the blocks cut the addresses into
 * ranges, each with one innermost block; the blocks around it are its parents. A look-up is one binary search.
 */
export interface AddressBlocks {
  readonly ipv4: AddressRanges;
  readonly ipv6: AddressRanges;
  /** For each block the next larger one that holds it, -1 if there is none. */
  readonly parents: Int32Array;
}

/** Ranges without gaps from address zero to the last one. */
export interface AddressRanges {
  /** First address of each range, ascending: one word for IPv4, four for IPv6. */
  readonly starts: Uint32Array;
  /** Innermost block of each range, -1 if there is none. */
  readonly innermost: Int32Array;
}

/** The innermost block that holds the address which `text` writes; -1 if none does or it is no address. */
export function innermostBlock(blocks: AddressBlocks, text: string, from: number, to: number): number {
  const family: AddressFamily = readAddress(text, from, to);
  if (family === 4) return search(blocks.ipv4, 1);
  return family === 6 ? search(blocks.ipv6, 4) : -1;
}

/** As `innermostBlock`, for the host of a URL, which writes IPv6 in brackets. */
export function innermostBlockOfHost(blocks: AddressBlocks, host: string): number {
  const bracketed = host.charCodeAt(0) === 91 /* '[' */;
  return bracketed ? innermostBlock(blocks, host, 1, host.length - 1) : innermostBlock(blocks, host, 0, host.length);
}

/** The range of the last start that is not above `addressWords`. */
function search(ranges: AddressRanges, words: 1 | 4): number {
  const { starts, innermost } = ranges;
  let low = 0;
  let high = innermost.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (startsAbove(starts, middle * words, words)) high = middle;
    else low = middle + 1;
  }
  return low === 0 ? -1 : (innermost[low - 1] as number);
}

function startsAbove(starts: Uint32Array, at: number, words: 1 | 4): boolean {
  for (let word = 0; word < words; word++) {
    const start = starts[at + word] as number;
    const wanted = addressWords[word] as number;
    if (start !== wanted) return start > wanted;
  }
  return false;
}
