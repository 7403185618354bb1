import type { HostPattern, NamePattern, NetworkPattern, RefererEntry } from '../model/entry.js';
import type { EntryMatcher } from '../model/matchers.js';
import { buildAddressBlocks } from './address-blocks-builder.js';
import { ByteStore } from './byte-store.js';
import { EntryChains } from './entry-chains.js';
import { EntryConditionsBuilder } from './entry-conditions-builder.js';
import { EntryIndex, type EntryIndexData } from './entry-index.js';
import {
  COVERS_DEEPER,
  COVERS_ONE_BELOW,
  COVERS_SELF,
  ENTRY_FLAGS,
  ENTRY_WORDS,
  FLAG_BITS,
  HAS_CONDITIONS,
  HAS_NAMES_BELOW,
  LENGTH_BITS,
  LONGEST_TEXT,
  NO_ENTRY,
} from './entry-record.js';
import type { ExpectedSize } from './expected-size.js';
import { type HashSeed, randomHashSeed } from './hash-seed.js';
import type { KeyTable } from './key-table.js';
import { KeyTableBuilder } from './key-table-builder.js';
import { buildPathTables } from './path-tables.js';
import type { CheckedRegex } from './regex.js';
import type { ListedRegex } from './regex-list.js';
import { WildcardTableBuilder } from './wildcard-table-builder.js';
import { WordStore } from './word-store.js';

const REACH = {
  none: 0,
  one: COVERS_ONE_BELOW,
  any: COVERS_ONE_BELOW | COVERS_DEEPER,
} as const satisfies Record<NamePattern['below'], number>;

/**
 * Builds the index of one list. Each entry is turned into bytes when it is added, so that a list file of millions of
 * lines can be streamed through without an object for each.
 */
export class EntryIndexBuilder {
  readonly #seed: HashSeed;
  readonly #bytes: ByteStore;
  readonly #records: WordStore;
  readonly #conditions: EntryConditionsBuilder;
  readonly #wildcards = new WildcardTableBuilder();
  readonly #anyHost: number[] = [];
  readonly #networks: NetworkPattern[] = [];
  readonly #networkEntries: number[] = [];
  readonly #regexes: ListedRegex[] = [];
  #size = 0;
  #names = 0;

  /** Tests give a seed to get collisions; elsewhere each index draws its own. */
  constructor(seed: HashSeed = randomHashSeed(), expected?: ExpectedSize) {
    this.#seed = seed;
    this.#bytes = new ByteStore(expected?.bytes);
    this.#records = new WordStore(expected && ENTRY_WORDS * expected.entries);
    this.#conditions = new EntryConditionsBuilder(this.#bytes);
  }

  /** Bytes of text so far. */
  get bytes(): number {
    return this.#bytes.length;
  }

  /** Adds the next entry of the list. */
  add(entry: RefererEntry): void {
    const position = this.#size;
    const name = entry.host.kind === 'name' ? entry.host.name : '';
    const flags = this.#conditions.add(position, entry) ? HAS_CONDITIONS : 0;
    const reach = entry.host.kind === 'name' ? reachOf(entry.host) : 0;
    this.#pushRecord(entry.written, name, flags | reach);
    this.#addHost(entry.host, position);
  }

  /** Adds the next entry of the list, which is a regular expression; `written` is the entry as a whole. */
  addRegex(written: string, regex: CheckedRegex): void {
    this.#regexes.push({ ...regex, position: this.#size });
    this.#pushRecord(written, '', 0);
  }

  /** The index of the entries so far. */
  build(): EntryMatcher {
    return new EntryIndex(this.buildData());
  }

  /** What `EntryIndex` works on, which can be handed to another thread. */
  buildData(): EntryIndexData {
    const chains = new EntryChains(this.#records.build());
    const { blocks, blockOf } = buildAddressBlocks(this.#networks);
    const names = this.#buildNames(chains);
    const conditions = this.#conditions.build();
    return {
      kind: 'entry-index',
      size: this.#size,
      names,
      paths: buildPathTables(names, conditions),
      anyHost: chains.link(this.#anyHost),
      networks: blocks,
      networkEntries: chains.linkGroups(this.#networkEntries, blockOf, blocks.parents.length),
      conditions,
      wildcards: this.#wildcards.build(this.#seed),
      regexes: this.#regexes,
    };
  }

  #pushRecord(written: string, name: string, flags: number): void {
    const textStart = this.#bytes.length;
    const textLength = this.#bytes.appendText(written);
    // Most names stand in the text as it was written, and need no bytes of their own.
    if (textLength > LONGEST_TEXT) throw new RangeError(`an entry of ${textLength} bytes is too long for an index`);
    const at = textLength === written.length ? written.indexOf(name) : -1;
    const nameStart = at >= 0 ? textStart + at : this.#bytes.appendAscii(name);
    this.#records.push(nameStart);
    this.#records.push(name.length);
    this.#records.push(((nameStart - textStart) << (FLAG_BITS + LENGTH_BITS)) | (textLength << FLAG_BITS) | flags);
    this.#records.push(NO_ENTRY);
    this.#size++;
  }

  #addHost(host: HostPattern, position: number): void {
    if (host.kind === 'name') {
      this.#names++;
    } else if (host.kind === 'any') {
      this.#anyHost.push(position);
    } else if (host.kind === 'network') {
      this.#networks.push(host);
      this.#networkEntries.push(position);
    } else {
      this.#wildcards.add(host, position);
    }
  }

  #buildNames(chains: EntryChains): KeyTable {
    const { records } = chains;
    const keys = {
      records,
      stride: ENTRY_WORDS,
      bytes: this.#bytes.build(),
      count: this.#names,
      hashedFrom: 'right',
    } as const;
    const table = new KeyTableBuilder(keys, this.#seed);
    // From the last entry to the first: each comes before those of its name that are in the table already.
    for (let entry = this.#size - 1; entry >= 0; entry--) {
      if (records[ENTRY_WORDS * entry + 1] === 0) continue;
      const following = table.put(entry);
      if (following >= 0) chains.putBefore(entry, following);
    }
    this.#markNamesAbove(records, table);
    return table.build();
  }

  #markNamesAbove(records: Uint32Array, table: KeyTableBuilder): void {
    for (let entry = 0; entry < this.#size; entry++) {
      table.eachKeyAbove(entry, (above) => {
        const flags = ENTRY_WORDS * above + ENTRY_FLAGS;
        records[flags] = (records[flags] as number) | HAS_NAMES_BELOW;
      });
    }
  }
}

function reachOf(name: NamePattern): number {
  return (name.self ? COVERS_SELF : 0) | REACH[name.below];
}
