import type { EntryMatcher } from '../model/matchers.js';
import { NO_ENTRY } from './entry-record.js';
import { foldedBytes } from './fold-case.js';
import { GlobTable, type GlobTableData } from './glob-table.js';
import { hashStep } from './hash-seed.js';
import { findKey, type KeyTable } from './key-table.js';
import type { MadeOf } from './matcher-data.js';
import { TEXT_WORDS, TEXT_WRITTEN, TEXT_WRITTEN_LENGTH } from './text-record.js';

/** A list of entries that are text, compiled. An entry's number is its position in the list. */
export interface TextIndexData {
  readonly kind: 'text-index';
  readonly size: number;
  /** Entries without wildcards by their folded text; the records are those of all entries. */
  readonly prefixes: KeyTable;
  readonly globs: GlobTableData;
}

/**
 * Finds the first entry that a Referer begins with, in any case. Entries without wildcards cost one pass over the
 * Referer's first characters, one probe at each, however many there are.
 */
export class TextIndex implements EntryMatcher<string>, MadeOf<TextIndexData> {
  readonly data: TextIndexData;
  readonly #globs: GlobTable;
  readonly #bytes: Buffer;

  constructor(data: TextIndexData) {
    const { bytes } = data.prefixes;
    this.data = data;
    this.#globs = new GlobTable(data.globs);
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get size(): number {
    return this.data.size;
  }

  get isDear(): boolean {
    return !this.#globs.isEmpty;
  }

  find(referer: string): string | undefined {
    const text = foldedBytes(referer);
    const entry = this.#globs.first(text, this.#firstPrefix(text));
    return entry === NO_ENTRY ? undefined : this.#written(entry);
  }

  /** Tries every beginning of the text as a key, the empty one too: that is the entry `*`. */
  #firstPrefix(text: string): number {
    const { prefixes } = this.data;
    const { start, multiplier } = prefixes.seed;
    const longest = Math.min(text.length, prefixes.longest);
    let first = NO_ENTRY;
    let hash = start;
    for (let end = 0; end <= longest; end++) {
      if (end > 0) hash = hashStep(hash, text.charCodeAt(end - 1), multiplier);
      const entry = findKey(prefixes, hash, text, 0, end);
      if (entry >= 0 && entry < first) first = entry;
    }
    return first;
  }

  #written(entry: number): string {
    const { records } = this.data.prefixes;
    const start = records[TEXT_WORDS * entry + TEXT_WRITTEN] as number;
    const length = records[TEXT_WORDS * entry + TEXT_WRITTEN_LENGTH] as number;
    return this.#bytes.toString('utf8', start, start + length);
  }
}
