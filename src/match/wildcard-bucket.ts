import { hashStep } from './hash-seed.js';
import { findKey, type KeyTable } from './key-table.js';
import { collectFrom, type Wildcard } from './wildcard.js';

/**
 * The patterns with one literal suffix. Where they are many (`brand1*.com`, `brand2*.com`, …), most of them are found
 * by what the label before the suffix begins or ends with, so that a host is tried against few.
 */
export interface WildcardBucket {
  readonly heads: KeyTable;
  readonly behindHead: readonly (readonly Wildcard[])[];
  readonly tails: KeyTable;
  readonly behindTail: readonly (readonly Wildcard[])[];
  readonly others: readonly Wildcard[];
}

const DOT = 46; /* '.' */

/** Appends the bucket's patterns that cover the host; the label before the suffix ends at `labelEnd`, negative if none. */
export function collectFromBucket(
  bucket: WildcardBucket,
  host: string,
  labelEnd: number,
  limit: number,
  found: Wildcard[],
): void {
  if (bucket.behindHead.length > 0) collectByHead(bucket, host, labelEnd, limit, found);
  if (bucket.behindTail.length > 0) collectByTail(bucket, host, labelEnd, limit, found);
  collectFrom(bucket.others, host, limit, found);
}

function collectByHead(bucket: WildcardBucket, host: string, labelEnd: number, limit: number, found: Wildcard[]): void {
  const { heads, behindHead } = bucket;
  const { start, multiplier } = heads.seed;
  const labelStart = labelEnd > 0 ? host.lastIndexOf('.', labelEnd - 1) + 1 : 0;
  const last = Math.min(labelEnd, labelStart + heads.longest);
  let hash = start;
  for (let end = labelStart + 1; end <= last; end++) {
    hash = hashStep(hash, host.charCodeAt(end - 1), multiplier);
    const key = findKey(heads, hash, host, labelStart, end);
    if (key >= 0) collectFrom(behindHead[key] ?? [], host, limit, found);
  }
}

function collectByTail(bucket: WildcardBucket, host: string, labelEnd: number, limit: number, found: Wildcard[]): void {
  const { tails, behindTail } = bucket;
  const { start, multiplier } = tails.seed;
  const first = Math.max(0, labelEnd - tails.longest);
  let hash = start;
  for (let i = labelEnd - 1; i >= first && host.charCodeAt(i) !== DOT; i--) {
    hash = hashStep(hash, host.charCodeAt(i), multiplier);
    const key = findKey(tails, hash, host, i, labelEnd);
    if (key >= 0) collectFrom(behindTail[key] ?? [], host, limit, found);
  }
}
