import { ByteStore } from './byte-store.js';
import { type HashSeed, hashStep } from './hash-seed.js';
import type { KeyTable } from './key-table.js';

const DOT = 46; /* '.' */

/** What a table is made of before its slots are filled. */
export interface Keys {
  readonly records: Uint32Array;
  readonly stride: number;
  readonly bytes: Uint8Array;
  /** How many keys will be put in at most. */
  readonly count: number;
  /** From which end keys are hashed: from the right where a text's suffixes are looked up, else from the left. */
  readonly hashedFrom: 'left' | 'right';
}

/** Fills the slots of a key table. */
export class KeyTableBuilder {
  readonly #keys: Keys;
  readonly #seed: HashSeed;
  readonly #slots: Int32Array;
  #longest = 0;

  constructor(keys: Keys, seed: HashSeed) {
    this.#keys = keys;
    this.#seed = seed;
    this.#slots = new Int32Array(2 * slotsFor(keys.count));
  }

  /** Puts a value in under its key; returns the value that stood there and is now replaced, or -1. */
  put(value: number): number {
    const { records, stride } = this.#keys;
    const start = records[stride * value] as number;
    const length = records[stride * value + 1] as number;
    const hash = this.#hash(start, length);
    const slot = this.#slotOf(hash, start, length);
    const replaced = (this.#slots[slot + 1] as number) - 1;
    this.#slots[slot] = hash;
    this.#slots[slot + 1] = value + 1;
    this.#longest = Math.max(this.#longest, length);
    return replaced;
  }

  /** Of a table of names: calls back with the value of each name that the one of `value` is below. */
  eachKeyAbove(value: number, call: (above: number) => void): void {
    const { records, stride, bytes } = this.#keys;
    const start = records[stride * value] as number;
    const end = start + (records[stride * value + 1] as number);
    let hash = this.#seed.start;
    for (let at = end - 1; at > start; at--) {
      hash = hashStep(hash, bytes[at] as number, this.#seed.multiplier);
      if (bytes[at - 1] !== DOT) continue;
      const above = (this.#slots[this.#slotOf(hash, at, end - at) + 1] as number) - 1;
      if (above >= 0) call(above);
    }
  }

  build(): KeyTable {
    const { records, stride, bytes } = this.#keys;
    return { seed: this.#seed, slots: this.#slots, records, stride, bytes, longest: this.#longest };
  }

  #hash(start: number, length: number): number {
    const step = this.#keys.hashedFrom === 'left' ? 1 : -1;
    let at = step === 1 ? start : start + length - 1;
    let hash = this.#seed.start;
    for (let i = 0; i < length; i++, at += step) {
      hash = hashStep(hash, this.#keys.bytes[at] as number, this.#seed.multiplier);
    }
    return hash;
  }

  /** The slot that holds the key, or the free one where it belongs. */
  #slotOf(hash: number, start: number, length: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = (hash << 1) & mask; ; slot = (slot + 2) & mask) {
      const value = (this.#slots[slot + 1] as number) - 1;
      if (value < 0) return slot;
      if (this.#slots[slot] === hash && this.#keyIs(value, start, length)) return slot;
    }
  }

  #keyIs(value: number, start: number, length: number): boolean {
    const { records, stride, bytes } = this.#keys;
    if (records[stride * value + 1] !== length) return false;
    const other = records[stride * value] as number;
    for (let i = 0; i < length; i++) {
      if (bytes[start + i] !== bytes[other + i]) return false;
    }
    return true;
  }
}

/** One for all: most lists have no wildcards, and 100,000 policies may have a list each. */
const EMPTY_TABLE: KeyTable = {
  seed: { start: 0, multiplier: 0 },
  slots: new Int32Array(2),
  records: new Uint32Array(0),
  stride: 2,
  bytes: new Uint8Array(0),
  longest: 0,
};

/** A table of distinct texts; the value of each is its place in `texts`. */
export function buildKeyTable(texts: readonly string[], seed: HashSeed, hashedFrom: Keys['hashedFrom']): KeyTable {
  if (texts.length === 0) return EMPTY_TABLE;
  return buildKeyTableOf(texts, { records: new Uint32Array(2 * texts.length), stride: 2 }, seed, hashedFrom);
}

/** The same with records that hold more than the key, of which two words are left for it. */
export function buildKeyTableOf(
  texts: readonly string[],
  { records, stride }: Pick<KeyTable, 'records' | 'stride'>,
  seed: HashSeed,
  hashedFrom: Keys['hashedFrom'],
): KeyTable {
  const store = new ByteStore();
  for (const [value, text] of texts.entries()) {
    records[stride * value] = store.appendAscii(text);
    records[stride * value + 1] = text.length;
  }
  const keys = { records, stride, bytes: store.build(), count: texts.length, hashedFrom };
  const builder = new KeyTableBuilder(keys, seed);
  for (let value = 0; value < texts.length; value++) builder.put(value);
  return builder.build();
}

/** The least power of two that leaves at least half of the slots free: short probes, and always an end to them. */
function slotsFor(count: number): number {
  let slots = 1;
  while (slots <= 2 * count - 1) slots *= 2;
  return slots;
}
