import type { EntryMatcher } from '../model/matchers.js';
import type { RefererUrl } from '../model/referer-url.js';

/** Lists one after another, as one: the first that finds an entry has the first entry in list order. */
export class ListSequence<R = RefererUrl> implements EntryMatcher<R> {
  readonly members: readonly EntryMatcher<R>[];
  readonly size: number;
  readonly isDear: boolean;

  constructor(members: readonly EntryMatcher<R>[]) {
    this.members = members;
    this.size = members.reduce((sum, { size }) => sum + size, 0);
    this.isDear = members.some(({ isDear }) => isDear);
  }

  find(referer: R): string | undefined {
    for (const member of this.members) {
      const found = member.find(referer);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}
