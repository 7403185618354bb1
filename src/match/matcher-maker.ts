import type { AddressMatcher, EntryMatcher, HostIndex, HostMatcher, TextMatcher } from '../model/matchers.js';
import { AddressSet } from './address-set.js';
import { EntryIndex } from './entry-index.js';
import { FirstOf } from './first-of.js';
import { GlobList } from './glob-list.js';
import { HostLookup, type HostLookupData } from './host-lookup.js';
import { IndexedHosts } from './host-matcher.js';
import type { HostListData, PartData, TextListData } from './list-data.js';
import type { AnyListPart, ListPart } from './list-part.js';
import { ListSequence } from './list-sequence.js';
import type { AddressData, HostData, TextData } from './matcher-data.js';
import { Regex } from './regex.js';
import type { NoteSet } from './regex-set.js';
import { TextIndex } from './text-index.js';

/** Makes matchers of their data again. */
export class MatcherMaker {
  readonly #parts: ReadonlyMap<string, AnyListPart>;
  readonly #note: NoteSet;

  /** `parts` are those that data name; `note` hears of the expressions that are not compiled yet. */
  constructor(parts: ReadonlyMap<string, AnyListPart>, note: NoteSet) {
    this.#parts = parts;
    this.#note = note;
  }

  hostList(data: HostListData): EntryMatcher {
    if (data.kind === 'sequence') return new ListSequence(data.members.map((member) => this.hostList(member)));
    return data.kind === 'part' ? (this.#part(data) as ListPart) : new EntryIndex(data, this.#note);
  }

  textList(data: TextListData): EntryMatcher<string> {
    if (data.kind === 'sequence') return new ListSequence(data.members.map((member) => this.textList(member)));
    return data.kind === 'part' ? (this.#part(data) as ListPart<string>) : new TextIndex(data);
  }

  hostIndex(data: HostLookupData): HostIndex {
    return new HostLookup(data);
  }

  hosts(data: HostData): HostMatcher {
    return new IndexedHosts(data);
  }

  addresses(data: AddressData): AddressMatcher {
    return new AddressSet(data);
  }

  text(data: TextData): TextMatcher {
    if (data.kind === 'first-of') return new FirstOf(data.of.map((one) => this.text(one)));
    return data.kind === 'regex' ? new Regex(data, this.#note) : new GlobList(data);
  }

  /** Of the dialect of the list that names it, since the id names the dialect. */
  #part({ id }: PartData): AnyListPart {
    const part = this.#parts.get(id);
    if (part === undefined) throw new RangeError(`the list part ${id} is not at hand`);
    return part;
  }
}
