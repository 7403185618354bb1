import type { ExpectedSize } from '../../match/expected-size.js';
import { TextIndexBuilder } from '../../match/text-index-builder.js';
import type { EntryMatcher } from '../../model/matchers.js';
import { badPattern } from './bad-pattern.js';
import type { Added, EntryList, ListDialect } from './list-dialect.js';

/** The oss dialect, which is the same in every policy. */
export const OSS_DIALECT: ListDialect<string> = {
  id: 'oss',
  ofHosts: false,
  begin: (expected) => new OssList(expected),
};

const NO_SCHEMES: ReadonlySet<string> = new Set();

/** Entries of the oss dialect: any text is one but a blank one, which every Referer begins with. */
class OssList implements EntryList<string> {
  /** Entries are texts, whatever they say. */
  readonly schemes: ReadonlySet<string> = NO_SCHEMES;
  readonly #builder: TextIndexBuilder;

  constructor(expected: ExpectedSize | undefined) {
    this.#builder = new TextIndexBuilder(undefined, expected);
  }

  get bytes(): number {
    return this.#builder.bytes;
  }

  add(text: string): Added {
    const written = text.trim();
    if (written === '') return { problem: badPattern(text, 'blank; write * to cover every Referer, or leave it out') };
    this.#builder.add(written);
    return {};
  }

  /** An entry is the same in every policy. */
  addExact(text: string): Added {
    return this.add(text);
  }

  build(): EntryMatcher<string> {
    return this.#builder.build();
  }
}
