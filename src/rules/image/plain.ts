import type { HostLookupData } from '../../match/host-lookup.js';
import type { HostListData, TextListData } from '../../match/list-data.js';
import type { AddressData, HostData, TextData } from '../../match/matcher-data.js';
import type { AddressMatcher, EntryMatcher, HostIndex, HostMatcher, TextMatcher } from '../../model/matchers.js';
import type { VerifiedBot } from '../../model/policy.js';

/** A bot, with the number of its ranges: every policy that names it has the same. */
export interface PlainBot {
  readonly name: string;
  readonly ranges: number;
}

/** The same, with what matchers are made of in the place of the matchers. Sets stay, though they can be asked too. */
export type Plain<T> =
  T extends ReadonlySet<unknown>
    ? T
    : T extends VerifiedBot
      ? PlainBot
      : T extends EntryMatcher
        ? HostListData
        : T extends EntryMatcher<string>
          ? TextListData
          : T extends HostMatcher
            ? HostData
            : T extends HostIndex
              ? HostLookupData
              : T extends TextMatcher
                ? TextData
                : T extends AddressMatcher
                  ? AddressData
                  : T extends object
                    ? { readonly [K in keyof T]: Plain<T[K]> }
                    : T;
