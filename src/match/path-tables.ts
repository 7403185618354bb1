import {
  CONDITION_ENTRY,
  CONDITION_PATH_LENGTH,
  CONDITION_WORDS,
  conditionRow,
  type EntryConditions,
} from './entry-conditions.js';
import { ENTRY_FLAGS, ENTRY_NEXT, ENTRY_WORDS, HAS_CONDITIONS, HAS_PATHS, NO_ENTRY } from './entry-record.js';
import type { KeyTable } from './key-table.js';
import { KeyTableBuilder } from './key-table-builder.js';

/** A chain with at most so many paths is walked as it is. */
const FEW_PATHS = 8;

/** One for all lists that name no conditions. */
const NO_TABLES: ReadonlyMap<number, KeyTable> = new Map();

/**
 * Takes the entries with paths out of long chains and finds them by path instead: a list of 100,000 pages of one site
 * (`https://video.example/@someone`) would else be tried page by page. The first entry of a chain stays where it is,
 * since the table of names points at it. Returns the tables by that entry.
 */
export function buildPathTables(names: KeyTable, conditions: EntryConditions): ReadonlyMap<number, KeyTable> {
  if (conditions.rows.length === 0) return NO_TABLES;
  const tables = new Map<number, KeyTable>();
  for (let slot = 1; slot < names.slots.length; slot += 2) {
    const head = (names.slots[slot] as number) - 1;
    if (head < 0) continue;
    const rows = pathRows(names.records, conditions, head);
    if (rows.length > FEW_PATHS) tables.set(head, splitChain(names, conditions, head, rows));
  }
  return tables;
}

/** Moves the entries of the rows from the chain into a table. */
function splitChain(names: KeyTable, conditions: EntryConditions, head: number, rows: readonly number[]): KeyTable {
  const { records, bytes, seed } = names;
  keepWithoutPaths(records, conditions, head);
  const flags = ENTRY_WORDS * head + ENTRY_FLAGS;
  records[flags] = (records[flags] as number) | HAS_PATHS;
  const keys = {
    records: conditions.rows,
    stride: CONDITION_WORDS,
    bytes,
    count: rows.length,
    hashedFrom: 'left',
  } as const;
  const table = new KeyTableBuilder(keys, seed);
  for (const row of rows.toReversed()) {
    const following = table.put(row);
    link(records, entryOf(conditions, row), following < 0 ? NO_ENTRY : entryOf(conditions, following));
  }
  return table.build();
}

function keepWithoutPaths(records: Uint32Array, conditions: EntryConditions, head: number): void {
  let last = head;
  for (let entry = next(records, head); entry !== NO_ENTRY; entry = next(records, entry)) {
    if (pathRow(records, conditions, entry) >= 0) continue;
    link(records, last, entry);
    last = entry;
  }
  link(records, last, NO_ENTRY);
}

/** The rows of the entries behind the head that name a path, ascending. */
function pathRows(records: Uint32Array, conditions: EntryConditions, head: number): number[] {
  const rows: number[] = [];
  for (let entry = next(records, head); entry !== NO_ENTRY; entry = next(records, entry)) {
    const row = pathRow(records, conditions, entry);
    if (row >= 0) rows.push(row);
  }
  return rows;
}

function pathRow(records: Uint32Array, conditions: EntryConditions, entry: number): number {
  if (((records[ENTRY_WORDS * entry + ENTRY_FLAGS] as number) & HAS_CONDITIONS) === 0) return -1;
  const row = conditionRow(conditions, entry);
  return conditions.rows[CONDITION_WORDS * row + CONDITION_PATH_LENGTH] === 0 ? -1 : row;
}

function next(records: Uint32Array, entry: number): number {
  return records[ENTRY_WORDS * entry + ENTRY_NEXT] as number;
}

function link(records: Uint32Array, entry: number, following: number): void {
  records[ENTRY_WORDS * entry + ENTRY_NEXT] = following;
}

function entryOf(conditions: EntryConditions, row: number): number {
  return conditions.rows[CONDITION_WORDS * row + CONDITION_ENTRY] as number;
}
