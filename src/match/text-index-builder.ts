import type { EntryMatcher } from '../model/matchers.js';
import { ByteStore } from './byte-store.js';
import type { ExpectedSize } from './expected-size.js';
import { foldCase } from './fold-case.js';
import { buildGlobTable } from './glob-table-builder.js';
import { type HashSeed, randomHashSeed } from './hash-seed.js';
import type { KeyTable } from './key-table.js';
import { KeyTableBuilder } from './key-table-builder.js';
import { TextIndex } from './text-index.js';
import { TEXT_WORDS } from './text-record.js';
import { WordStore } from './word-store.js';

const WILDCARD = /[*?]/;

/**
 * Builds the index of a list of texts. An entry covers every text that begins with it, in any case; in it `*` is any run
 * of characters and `?` is one. Each is turned into bytes when it is added, with no object for any.
 */
export class TextIndexBuilder {
  readonly #seed: HashSeed;
  readonly #bytes: ByteStore;
  readonly #records: WordStore;
  readonly #globs = new WordStore();
  #size = 0;

  /** Tests give a seed to get collisions; elsewhere each index draws its own. */
  constructor(seed: HashSeed = randomHashSeed(), expected?: ExpectedSize) {
    this.#seed = seed;
    this.#bytes = new ByteStore(expected?.bytes);
    this.#records = new WordStore(expected && TEXT_WORDS * expected.entries);
  }

  /** Bytes of text so far. */
  get bytes(): number {
    return this.#bytes.length;
  }

  /** Adds the next entry of the list; `written` is what a decision by it names. */
  add(written: string): void {
    // What follows an entry is accepted, so an asterisk at its end says nothing: `http://a.example/*` is a prefix.
    const folded = foldCase(withoutLastAsterisks(written));
    if (WILDCARD.test(folded)) this.#globs.push(this.#size);
    const writtenStart = this.#bytes.length;
    const writtenLength = this.#bytes.appendText(written);
    const isBeginning = written.startsWith(folded);
    const keyStart = isBeginning ? writtenStart : this.#bytes.length;
    this.#records.push(keyStart);
    this.#records.push(isBeginning ? Buffer.byteLength(folded) : this.#bytes.appendText(folded));
    this.#records.push(writtenStart);
    this.#records.push(writtenLength);
    this.#size++;
  }

  /** The index of the entries so far. */
  build(): EntryMatcher<string> {
    const globs = this.#globs.build();
    const prefixes = this.#buildPrefixes(globs);
    const { records, bytes } = prefixes;
    return new TextIndex({
      kind: 'text-index',
      size: this.#size,
      prefixes,
      globs: buildGlobTable({ records, bytes, globs }, this.#seed),
    });
  }

  /** From the last entry to the first, so that of equal ones the first stays. */
  #buildPrefixes(globs: Uint32Array): KeyTable {
    const keys = {
      records: this.#records.build(),
      stride: TEXT_WORDS,
      bytes: this.#bytes.build(),
      count: this.#size - globs.length,
      hashedFrom: 'left',
    } as const;
    const table = new KeyTableBuilder(keys, this.#seed);
    let glob = globs.length - 1;
    for (let entry = this.#size - 1; entry >= 0; entry--) {
      if (entry === globs[glob]) glob--;
      else table.put(entry);
    }
    return table.build();
  }
}

/** By index and not by regex, which would take quadratic time over a text full of asterisks. */
function withoutLastAsterisks(text: string): string {
  let end = text.length;
  while (end > 0 && text.charAt(end - 1) === '*') end--;
  return text.slice(0, end);
}
