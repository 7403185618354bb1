import type { AddressMatcher, EntryMatcher, HostIndex, HostMatcher, TextMatcher } from '../model/matchers.js';
import type { EntryIndexData } from './entry-index.js';
import type { HostLookupData } from './host-lookup.js';
import type { HostListData, TextListData } from './list-data.js';
import { ListSequence } from './list-sequence.js';
import type { AddressData, HostData, MadeOf, TextData } from './matcher-data.js';
import type { TextIndexData } from './text-index.js';

/** What a matcher is made of, by what it is asked. Throws for a matcher that this folder did not make. */
export const dataOf = {
  hostList(matcher: EntryMatcher): HostListData {
    if (!(matcher instanceof ListSequence)) return read<HostListData>(matcher);
    return { kind: 'sequence', members: matcher.members.map((member) => read<EntryIndexData>(member)) };
  },

  textList(matcher: EntryMatcher<string>): TextListData {
    if (!(matcher instanceof ListSequence)) return read<TextListData>(matcher);
    return { kind: 'sequence', members: matcher.members.map((member) => read<TextIndexData>(member)) };
  },

  /** Of what a list part holds. */
  part: (content: object): EntryIndexData | TextIndexData => read<EntryIndexData | TextIndexData>(content),

  hostIndex: (matcher: HostIndex): HostLookupData => read<HostLookupData>(matcher),
  hosts: (matcher: HostMatcher): HostData => read<HostData>(matcher),
  addresses: (matcher: AddressMatcher): AddressData => read<AddressData>(matcher),
  text: (matcher: TextMatcher): TextData => read<TextData>(matcher),
};

function read<D>(matcher: object): D {
  if (!('data' in matcher)) throw new TypeError('this matcher does not tell what it is made of');
  return (matcher as MadeOf<D>).data;
}
