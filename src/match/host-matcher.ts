import type { HostPattern } from '../model/entry.js';
import type { HostMatcher } from '../model/matchers.js';
import { buildHostLookup } from './host-index.js';
import { HostLookup } from './host-lookup.js';
import type { HostData, MadeOf } from './matcher-data.js';

/**
 * The hosts of a nested condition. An index of its own and not a list of patterns to try: it is the same reading of
 * patterns as that of the policies' own hosts, and a condition may name thousands of hosts.
 */
export function buildHostMatcher(patterns: readonly HostPattern[]): HostMatcher {
  return new IndexedHosts({ kind: 'hosts', index: buildHostLookup([patterns]) });
}

/** Hosts by an index of which the owner of the patterns is the only policy. */
export class IndexedHosts implements HostMatcher, MadeOf<HostData> {
  readonly data: HostData;
  readonly #index: HostLookup;

  constructor(data: HostData) {
    this.data = data;
    this.#index = new HostLookup(data.index);
  }

  covers(host: string): boolean {
    return this.#index.candidates(host).length > 0;
  }
}
