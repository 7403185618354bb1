import { EntryIndexBuilder } from '../../match/entry-index-builder.js';
import { checkRegex } from '../../match/regex.js';
import type { EntryMatcher } from '../../model/matchers.js';
import { parseEntry } from '../../referer/parse-entry.js';
import type { Tally } from '../load-session.js';
import { badPattern } from './bad-pattern.js';
import type { Added, EntryList } from './compile-entries.js';

/** What all lists of a policy of the host dialect have in common. */
export interface HostListOptions {
  readonly exact: boolean;
  /** Takes the schemes that entries name. */
  readonly schemes: Set<string>;
}

/** A list of the host dialect under construction: hosts, address blocks and regular expressions. */
export class HostList implements EntryList<EntryMatcher> {
  readonly #builder = new EntryIndexBuilder();
  readonly #tally: Tally;
  readonly #options: HostListOptions;

  constructor(tally: Tally, options: HostListOptions) {
    this.#tally = tally;
    this.#options = options;
  }

  add(text: string): Added {
    const written = text.trim();
    return written.startsWith('~') ? this.#addRegex(written) : this.#addHost(text, this.#options.exact);
  }

  addExact(text: string): Added {
    return this.#addHost(text, true);
  }

  build(): EntryMatcher {
    return this.#builder.build();
  }

  #addRegex(written: string): Added {
    const regex = checkRegex(written.slice(1));
    if ('problem' in regex) return { problem: badPattern(written, regex.problem) };
    const { full, ...counted } = this.#tally.regex(regex.instructions);
    if (!full) this.#builder.addRegex(written, regex);
    return counted;
  }

  #addHost(text: string, exact: boolean): Added {
    const entry = parseEntry(text, { exact });
    if ('problem' in entry) return { problem: badPattern(text, entry.problem) };
    if (entry.scheme !== undefined) this.#options.schemes.add(entry.scheme);
    this.#builder.add(entry);
    return {};
  }
}
