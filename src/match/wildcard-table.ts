import type { FoundWildcards } from './found-wildcards.js';
import { hashStep } from './hash-seed.js';
import { findKey, type KeyTable } from './key-table.js';
import { coversLabels } from './wildcard-labels.js';

/**
 * Host patterns with wildcards, each in the first of three places that can take it, so that a look-up tries few of
 * them: behind its literal suffix (`a*b.example.com` behind `example.com`), behind one of its literal labels
 * (`www.example.*` behind `example`), or in a list that every host is tried against (`a*.b*`).
 *
 * A wildcard is a number. A list of them is two: where it begins among the members, and how many they are.
 */
export interface WildcardTable {
  /** `WILDCARD_WORDS` numbers a wildcard. */
  readonly records: Uint32Array;
  /** Their labels. */
  readonly bytes: Uint8Array;
  /** Positions in the list that they stand at. */
  readonly positions: Uint32Array;
  /** Wildcards of all lists, each ordered by their first positions. */
  readonly members: Uint32Array;
  readonly suffixes: KeyTable;
  /** By suffix, the list of those that every host with that suffix is tried against. */
  readonly suffixLists: Uint32Array;
  /** By suffix, the others, where they are many. */
  readonly ends: ReadonlyMap<number, LabelEnds>;
  readonly labels: KeyTable;
  readonly labelLists: Uint32Array;
  /** The one list that every host is tried against. */
  readonly others: Uint32Array;
}

/**
 * Patterns with one literal suffix. Where they are many (`brand1*.com`, `brand2*.com`, …), most of them are found by
 * what the label before the suffix begins or ends with, so that a host is tried against few.
 */
export interface LabelEnds {
  readonly heads: KeyTable;
  readonly headLists: Uint32Array;
  readonly tails: KeyTable;
  readonly tailLists: Uint32Array;
}

/** How a wildcard is laid down in numbers. */
export const WILDCARD_WORDS = 5;
/** Where its labels begin, those before its literal suffix. */
export const WILDCARD_LABELS = 0;
/** How many bytes they have. */
export const WILDCARD_LABELS_LENGTH = 1;
/** Length of the literal suffix and the dot before it: 0 without a suffix. */
export const WILDCARD_SUFFIX_LENGTH = 2;
/** Where its positions begin. */
export const WILDCARD_POSITIONS = 3;
/** How many they are, ascending. */
export const WILDCARD_POSITIONS_LENGTH = 4;

const DOT = 46; /* '.' */

/**
 * Adds the patterns that cover the host, a name without empty labels, and that stand at a position below `limit`. In no
 * order, none twice.
 */
export function collectWildcards(table: WildcardTable, host: string, limit: number, found: FoundWildcards): void {
  if (table.suffixLists.length > 0) collectBySuffix(table, host, limit, found);
  if (table.labelLists.length > 0) collectByLabel(table, host, limit, found);
  if (table.others.length > 0) collectFrom(table, table.others, 0, host, limit, found);
}

function collectBySuffix(table: WildcardTable, host: string, limit: number, found: FoundWildcards): void {
  const { suffixes, suffixLists, ends } = table;
  const { start, multiplier } = suffixes.seed;
  const first = Math.max(0, host.length - suffixes.longest);
  let hash = start;
  for (let i = host.length - 1; i >= first; i--) {
    hash = hashStep(hash, host.charCodeAt(i), multiplier);
    if (i > 0 && host.charCodeAt(i - 1) !== DOT) continue;
    const key = findKey(suffixes, hash, host, i, host.length);
    if (key < 0) continue;
    const labelEnds = ends.size === 0 ? undefined : ends.get(key);
    if (labelEnds !== undefined) {
      collectByHead(table, labelEnds, host, i - 1, limit, found);
      collectByTail(table, labelEnds, host, i - 1, limit, found);
    }
    collectFrom(table, suffixLists, key, host, limit, found);
  }
}

/** The label before the suffix ends at `labelEnd`, negative if there is none. */
function collectByHead(
  table: WildcardTable,
  { heads, headLists }: LabelEnds,
  host: string,
  labelEnd: number,
  limit: number,
  found: FoundWildcards,
): void {
  const { start, multiplier } = heads.seed;
  const labelStart = labelEnd > 0 ? host.lastIndexOf('.', labelEnd - 1) + 1 : 0;
  const last = Math.min(labelEnd, labelStart + heads.longest);
  let hash = start;
  for (let end = labelStart + 1; end <= last; end++) {
    hash = hashStep(hash, host.charCodeAt(end - 1), multiplier);
    const key = findKey(heads, hash, host, labelStart, end);
    if (key >= 0) collectFrom(table, headLists, key, host, limit, found);
  }
}

function collectByTail(
  table: WildcardTable,
  { tails, tailLists }: LabelEnds,
  host: string,
  labelEnd: number,
  limit: number,
  found: FoundWildcards,
): void {
  const { start, multiplier } = tails.seed;
  const first = Math.max(0, labelEnd - tails.longest);
  let hash = start;
  for (let i = labelEnd - 1; i >= first && host.charCodeAt(i) !== DOT; i--) {
    hash = hashStep(hash, host.charCodeAt(i), multiplier);
    const key = findKey(tails, hash, host, i, labelEnd);
    if (key >= 0) collectFrom(table, tailLists, key, host, limit, found);
  }
}

function collectByLabel(table: WildcardTable, host: string, limit: number, found: FoundWildcards): void {
  const { labels, labelLists } = table;
  // A label that occurs again must not have its patterns tried again: `a.b.a.b…` of 16 KB would cost seconds. Hosts
  // with two labels that are keys are rare enough for an allocation.
  let firstKey = -1;
  let otherKeys: Set<number> | undefined;
  for (let end = host.length; end > 0; end = host.lastIndexOf('.', end - 1)) {
    const key = findLabel(labels, host, end);
    if (key < 0 || key === firstKey || otherKeys?.has(key)) continue;
    collectFrom(table, labelLists, key, host, limit, found);
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

/** Tries the patterns of a list. */
function collectFrom(
  table: WildcardTable,
  lists: Uint32Array,
  list: number,
  host: string,
  limit: number,
  found: FoundWildcards,
): void {
  const { members, records, positions, bytes } = table;
  const first = lists[2 * list] as number;
  const end = first + (lists[2 * list + 1] as number);
  for (let member = first; member < end; member++) {
    const number = members[member] as number;
    const record = WILDCARD_WORDS * number;
    if ((positions[records[record + WILDCARD_POSITIONS] as number] as number) >= limit) return;
    const start = records[record + WILDCARD_LABELS] as number;
    const labelsEnd = start + (records[record + WILDCARD_LABELS_LENGTH] as number);
    const hostEnd = host.length - (records[record + WILDCARD_SUFFIX_LENGTH] as number);
    if (coversLabels(bytes, start, labelsEnd, host, hostEnd)) found.add(number);
  }
}
