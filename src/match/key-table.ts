import type { HashSeed } from './hash-seed.js';

/**
 * Texts by hash, without an object for any of them: an open-addressing table with linear probing, at most half full.
 * A plain object of typed arrays, so that it can be handed to another thread without copying.
 */
export interface KeyTable {
  readonly seed: HashSeed;
  /** Two numbers a slot: the hash, and the value + 1 (0: the slot is free). Side by side, so one cache line serves. */
  readonly slots: Int32Array;
  /**
   * `stride` numbers a value, of which the first two are the key's: where it begins in `bytes`, and how many bytes it
   * has. What else is known of a value stands beside it, where the processor's cache has it by then.
   */
  readonly records: Uint32Array;
  readonly stride: number;
  /** Keys as the texts look that are compared with them: one character a byte. */
  readonly bytes: Uint8Array;
  /** Length of the longest key: a longer suffix of a host need not be looked up. */
  readonly longest: number;
}

/**
 * The value of the key that equals `text` from `from` to `to` (exclusive), -1 if there is none. `hash` is the hash of
 * that part, taken from the end that the table's keys are hashed from.
 */
export function findKey(table: KeyTable, hash: number, text: string, from: number, to: number): number {
  const { slots } = table;
  const mask = slots.length - 1;
  for (let slot = (hash << 1) & mask; ; slot = (slot + 2) & mask) {
    const value = (slots[slot + 1] as number) - 1;
    if (value < 0) return -1;
    if (slots[slot] === hash && keyEquals(table, value, text, from, to)) return value;
  }
}

function keyEquals(table: KeyTable, value: number, text: string, from: number, to: number): boolean {
  const { records, stride, bytes } = table;
  const record = stride * value;
  if (records[record + 1] !== to - from) return false;
  return bytesEqual(bytes, records[record] as number, text, from, to);
}

/** Whether `text` from `from` to `to` is what stands in `bytes` at `start`. */
export function bytesEqual(bytes: Uint8Array, start: number, text: string, from: number, to: number): boolean {
  const shift = start - from;
  for (let i = from; i < to; i++) {
    if (bytes[i + shift] !== text.charCodeAt(i)) return false;
  }
  return true;
}
