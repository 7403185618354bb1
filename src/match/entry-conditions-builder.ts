import type { RefererEntry } from '../model/entry.js';
import type { ByteStore } from './byte-store.js';
import type { EntryConditions } from './entry-conditions.js';
import { WordStore } from './word-store.js';

/** One for all lists that name none. */
const NO_CONDITIONS: EntryConditions = { rows: new Uint32Array(0), schemes: [] };

/** Gathers the conditions of entries; paths go into the index's bytes. */
export class EntryConditionsBuilder {
  readonly #bytes: ByteStore;
  #rows: WordStore | undefined;
  readonly #schemes: string[] = [];

  constructor(bytes: ByteStore) {
    this.#bytes = bytes;
  }

  /** Entries must be added in ascending order. Returns whether the entry names a condition at all. */
  add(position: number, entry: RefererEntry): boolean {
    const { scheme, port, path } = entry;
    if (scheme === undefined && port === undefined && path === undefined) return false;
    this.#rows ??= new WordStore();
    this.#rows.push(path === undefined ? 0 : this.#bytes.appendAscii(path));
    this.#rows.push(path?.length ?? 0);
    this.#rows.push(position);
    this.#rows.push(scheme === undefined ? 0 : this.#schemeNumber(scheme));
    this.#rows.push(port === undefined ? 0 : port + 1);
    return true;
  }

  build(): EntryConditions {
    return this.#rows === undefined ? NO_CONDITIONS : { rows: this.#rows.build(), schemes: this.#schemes };
  }

  /** The place of the scheme + 1; a list names two or three. */
  #schemeNumber(scheme: string): number {
    const known = this.#schemes.indexOf(scheme);
    return known >= 0 ? known + 1 : this.#schemes.push(scheme);
  }
}
