import type { HashSeed } from './hash-seed.js';
import { buildKeyTable } from './key-table-builder.js';
import type { Wildcard } from './wildcard.js';
import type { WildcardBucket } from './wildcard-bucket.js';

/** A pattern and the literal ends of the label before its suffix. */
export interface BucketPattern {
  readonly head: string;
  readonly tail: string;
  readonly wildcard: Wildcard;
}

/** So many patterns are tried one after another sooner than looked up. */
const FEW_PATTERNS = 8;

/** Puts each pattern behind the longer of its two literal ends. */
export function buildWildcardBucket(patterns: readonly BucketPattern[], seed: HashSeed): WildcardBucket {
  const behindHead = new Map<string, Wildcard[]>();
  const behindTail = new Map<string, Wildcard[]>();
  const others: Wildcard[] = [];
  const few = patterns.length <= FEW_PATTERNS;
  for (const { head, tail, wildcard } of patterns) {
    if (few || (head === '' && tail === '')) others.push(wildcard);
    else if (head.length > tail.length) appendTo(behindHead, head, wildcard);
    else appendTo(behindTail, tail, wildcard);
  }
  return {
    heads: buildKeyTable([...behindHead.keys()], seed, 'left'),
    behindHead: [...behindHead.values()],
    tails: buildKeyTable([...behindTail.keys()], seed, 'right'),
    behindTail: [...behindTail.values()],
    others,
  };
}

/** Appends to the list of a key, which begins with its first value. */
export function appendTo<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
