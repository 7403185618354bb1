import { hashStep } from './hash-seed.js';
import { findKey, type KeyTable } from './key-table.js';
import { collectFrom, type Wildcard } from './wildcard.js';
import { collectFromBucket, type WildcardBucket } from './wildcard-bucket.js';

/**
 * Host patterns with wildcards, each in the first of three places that can take it, so that a look-up tries few of
 * them: behind its literal suffix (`a*b.example.com` behind `example.com`), behind one of its literal labels
 * (`www.example.*` behind `example`), or in a list that every host is tried against (`a*.b*`).
 */
export interface WildcardTable {
  readonly suffixes: KeyTable;
  readonly behindSuffix: readonly WildcardBucket[];
  readonly labels: KeyTable;
  readonly behindLabel: readonly (readonly Wildcard[])[];
  readonly others: readonly Wildcard[];
}

const DOT = 46; /* '.' */

/**
 * Appends the patterns that cover the host, a name without empty labels, and that stand at a position below `limit`.
 * In no order, none twice.
 */
export function collectWildcards(table: WildcardTable, host: string, limit: number, found: Wildcard[]): void {
  if (table.behindSuffix.length > 0) collectBySuffix(table, host, limit, found);
  if (table.behindLabel.length > 0) collectByLabel(table, host, limit, found);
  collectFrom(table.others, host, limit, found);
}

function collectBySuffix(table: WildcardTable, host: string, limit: number, found: Wildcard[]): void {
  const { suffixes, behindSuffix } = table;
  const { start, multiplier } = suffixes.seed;
  const first = Math.max(0, host.length - suffixes.longest);
  let hash = start;
  for (let i = host.length - 1; i >= first; i--) {
    hash = hashStep(hash, host.charCodeAt(i), multiplier);
    if (i > 0 && host.charCodeAt(i - 1) !== DOT) continue;
    const key = findKey(suffixes, hash, host, i, host.length);
    if (key >= 0) collectFromBucket(behindSuffix[key] as WildcardBucket, host, i - 1, limit, found);
  }
}

function collectByLabel(table: WildcardTable, host: string, limit: number, found: Wildcard[]): void {
  const { labels, behindLabel } = table;
  // A label that occurs again must not have its patterns tried again: `a.b.a.b…` of 16 KB would cost seconds. Hosts
  // with two labels that are keys are rare enough for an allocation.
  let firstKey = -1;
  let otherKeys: Set<number> | undefined;
  for (let end = host.length; end > 0; end = host.lastIndexOf('.', end - 1)) {
    const key = findLabel(labels, host, end);
    if (key < 0 || key === firstKey || otherKeys?.has(key)) continue;
    collectFrom(behindLabel[key] ?? [], host, limit, found);
    if (firstKey < 0) firstKey = key;
    else otherKeys = (otherKeys ?? new Set()).add(key);
  }
}

/** The key that is the label which ends at `end`. */
function findLabel(labels: KeyTable, host: string, end: number): number {
  const { start, multiplier } = labels.seed;
  let hash = start;
  let i = end - 1;
  for (; i >= 0 && host.charCodeAt(i) !== DOT; i--) hash = hashStep(hash, host.charCodeAt(i), multiplier);
  return findKey(labels, hash, host, i + 1, end);
}
