import type { RefererUrl } from '../model/referer-url.js';
import { bytesEqual } from './key-table.js';

/**
 * Scheme, port and path of those entries that name one: `CONDITION_WORDS` numbers for each, ordered by entry, and no
 * cost for the entries that name none. Each number is 0 for what the entry does not name. The path comes first, so that
 * the rows can be a key table's records.
 */
export interface EntryConditions {
  readonly rows: Uint32Array;
  /** Names of schemes; a row has the place + 1. */
  readonly schemes: readonly string[];
}

/** The words of a row. */
export const CONDITION_WORDS = 5;
/** Where the path begins in the index's bytes. */
export const CONDITION_PATH = 0;
/** How many bytes the path has. */
export const CONDITION_PATH_LENGTH = 1;
/** The entry that the row is of. */
export const CONDITION_ENTRY = 2;
/** The place in `schemes` + 1. */
export const CONDITION_SCHEME = 3;
/** The port + 1, because 0 is a port. */
export const CONDITION_PORT = 4;

/** Whether the Referer fulfils what the entry names; the entry must have a row. */
export function conditionsHold(
  conditions: EntryConditions,
  bytes: Uint8Array,
  entry: number,
  referer: RefererUrl,
): boolean {
  const { rows, schemes } = conditions;
  const row = CONDITION_WORDS * conditionRow(conditions, entry);
  const scheme = rows[row + CONDITION_SCHEME] as number;
  if (scheme !== 0 && schemes[scheme - 1] !== referer.scheme) return false;
  const port = rows[row + CONDITION_PORT] as number;
  if (port !== 0 && port - 1 !== referer.port) return false;
  const length = rows[row + CONDITION_PATH_LENGTH] as number;
  if (referer.path.length < length) return false;
  return bytesEqual(bytes, rows[row + CONDITION_PATH] as number, referer.path, 0, length);
}

/** The number of the entry's row, which must exist. */
export function conditionRow({ rows }: EntryConditions, entry: number): number {
  let low = 0;
  let high = rows.length / CONDITION_WORDS;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[CONDITION_WORDS * middle + CONDITION_ENTRY] as number) < entry) low = middle + 1;
    else high = middle;
  }
  return low;
}
