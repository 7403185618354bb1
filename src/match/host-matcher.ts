import type { HostPattern } from '../model/entry.js';
import type { HostIndex, HostMatcher } from '../model/matchers.js';
import { buildHostIndex } from './host-index.js';

/**
 * The hosts of a nested condition. An index of its own and not a list of patterns to try: it is the same reading of
 * patterns as that of the policies' own hosts, and a condition may name thousands of hosts.
 */
export function buildHostMatcher(patterns: readonly HostPattern[]): HostMatcher {
  return new IndexedHosts(buildHostIndex([patterns]));
}

class IndexedHosts implements HostMatcher {
  readonly #index: HostIndex;

  constructor(index: HostIndex) {
    this.#index = index;
  }

  covers(host: string): boolean {
    return this.#index.candidates(host).length > 0;
  }
}
