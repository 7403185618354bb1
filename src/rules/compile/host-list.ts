import { EntryIndexBuilder } from '../../match/entry-index-builder.js';
import type { ExpectedSize } from '../../match/expected-size.js';
import { checkRegex } from '../../match/regex.js';
import type { EntryMatcher } from '../../model/matchers.js';
import type { RefererUrl } from '../../model/referer-url.js';
import { parseEntry } from '../../referer/parse-entry.js';
import type { Tally } from '../tally.js';
import { badPattern } from './bad-pattern.js';
import type { Added, EntryList, ListDialect } from './list-dialect.js';

/** The host dialect of a policy: `exact` lets entries cover themselves alone. */
export function hostDialect(tally: Tally, exact: boolean): ListDialect<RefererUrl> {
  return {
    id: exact ? 'host exact' : 'host',
    ofHosts: true,
    begin: (expected) => new HostList(tally, exact, expected),
  };
}

/** Entries of the host dialect: hosts, address blocks and regular expressions. */
class HostList implements EntryList<RefererUrl> {
  readonly schemes: Set<string> = new Set<string>();
  readonly #builder: EntryIndexBuilder;
  readonly #tally: Tally;
  readonly #exact: boolean;

  constructor(tally: Tally, exact: boolean, expected: ExpectedSize | undefined) {
    this.#builder = new EntryIndexBuilder(undefined, expected);
    this.#tally = tally;
    this.#exact = exact;
  }

  get bytes(): number {
    return this.#builder.bytes;
  }

  add(text: string): Added {
    const written = text.trim();
    return written.startsWith('~') ? this.#addRegex(written) : this.#addHost(text, this.#exact);
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
    if (entry.scheme !== undefined) this.schemes.add(entry.scheme);
    this.#builder.add(entry);
    return {};
  }
}
