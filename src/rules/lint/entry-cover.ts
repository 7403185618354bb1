import type { RefererEntry } from '../../model/entry.js';
import { hostCovers } from './host-cover.js';
import { hostKey, keysAround } from './host-keys.js';

/** An entry and where it stands in its list. */
export interface ListedEntry {
  readonly entry: RefererEntry;
  /** From 0; among the entries of the rule file. */
  readonly position: number;
}

/** Whether every Referer that `inner` covers is one that `outer` covers, as far as that is plain. */
export function entryCovers(outer: RefererEntry, inner: RefererEntry): boolean {
  if (outer.scheme !== undefined && outer.scheme !== inner.scheme) return false;
  if (outer.port !== undefined && outer.port !== inner.port) return false;
  if (outer.path !== undefined && inner.path?.startsWith(outer.path) !== true) return false;
  return hostCovers(outer.host, inner.host);
}

/** Entries that are compared for one host, or as wildcards: 100,000 paths of one host, each with each, take minutes. */
const COMPARED = 8;

/** Finds, in time that does not grow with the list, the entry of a list that covers another entry. */
export class EntryCover {
  /** The first entries for each host, those with the fewest conditions before others. */
  readonly #byHost = new Map<string, ListedEntry[]>();
  /** The first of those that say the same. */
  readonly #byMeaning = new Map<string, ListedEntry>();
  readonly #wildcards: ListedEntry[] = [];
  /** Prefix lengths of the blocks in the list. */
  readonly #lengths = new Set<number>();

  constructor(list: readonly ListedEntry[]) {
    for (const count of [0, 1, 2, 3]) {
      for (const listed of list) if (conditionsOf(listed.entry) === count) this.#add(listed);
    }
  }

  /** The first entry found that covers this one and that `counts`; mostly, not the entry itself. */
  find(entry: RefererEntry, counts: (cover: ListedEntry) => boolean): ListedEntry | undefined {
    const same = this.#byMeaning.get(meaningOf(entry));
    if (same !== undefined && counts(same)) return same;
    const isCover = (listed: ListedEntry) => entryCovers(listed.entry, entry) && counts(listed);
    for (const key of keysAround(entry.host, this.#lengths)) {
      const cover = this.#byHost.get(key)?.find(isCover);
      if (cover !== undefined) return cover;
    }
    return this.#wildcards.find(isCover);
  }

  #add(listed: ListedEntry): void {
    const { host } = listed.entry;
    const meaning = meaningOf(listed.entry);
    if (this.#byMeaning.has(meaning)) return;
    this.#byMeaning.set(meaning, listed);
    const key = hostKey(host);
    const known = this.#byHost.get(key);
    if (known === undefined) this.#byHost.set(key, [listed]);
    else if (known.length < COMPARED) known.push(listed);
    if (host.kind === 'network') this.#lengths.add(host.prefix);
    if (host.kind === 'wildcard' && this.#wildcards.length < COMPARED) this.#wildcards.push(listed);
  }
}

function conditionsOf({ scheme, port, path }: RefererEntry): number {
  return Number(scheme !== undefined) + Number(port !== undefined) + Number(path !== undefined);
}

/** Equal for entries that cover the same, however they are written. No part of it but the path has a blank in it. */
function meaningOf({ host, scheme = '', port = 0, path = '' }: RefererEntry): string {
  const self = host.kind === 'name' && host.self;
  const below = 'below' in host && host.below;
  return `${hostKey(host)} ${self} ${below} ${scheme} ${port} ${path}`;
}
