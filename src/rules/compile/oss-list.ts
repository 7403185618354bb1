import { TextIndexBuilder } from '../../match/text-index-builder.js';
import type { EntryMatcher } from '../../model/matchers.js';
import { badPattern } from './bad-pattern.js';
import type { Added, EntryList } from './compile-entries.js';

/** A list of the oss dialect under construction: any text is an entry but a blank one, which every Referer begins with. */
export class OssList implements EntryList<EntryMatcher<string>> {
  readonly #builder = new TextIndexBuilder();

  add(text: string): Added {
    const written = text.trim();
    if (written === '') return { problem: badPattern(text, 'blank; write * to cover every Referer, or leave it out') };
    this.#builder.add(written);
    return {};
  }

  build(): EntryMatcher<string> {
    return this.#builder.build();
  }
}
