import type { RefererEntry } from '#refgate/model/entry.js';
import type { RefererUrl } from '#refgate/model/referer-url.js';
import { hostPatternCovers } from './oracle-hosts.js';

/** The first entry that matches, found by trying all of them. */
export function firstEntry(entries: readonly RefererEntry[], referer: RefererUrl): RefererEntry | undefined {
  return entries.find((entry) => entryMatches(entry, referer));
}

function entryMatches(entry: RefererEntry, referer: RefererUrl): boolean {
  return (
    (entry.scheme === undefined || entry.scheme === referer.scheme) &&
    (entry.port === undefined || entry.port === referer.port) &&
    (entry.path === undefined || referer.path.startsWith(entry.path)) &&
    hostPatternCovers(entry.host, referer.host)
  );
}
