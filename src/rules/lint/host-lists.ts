import { parseEntry } from '../../referer/parse-entry.js';
import { quote } from '../key-path.js';
import { EntryCover, entryCovers, type ListedEntry } from './entry-cover.js';
import { warnOfDenied, warnOfShadowed, warnOfSuffix } from './entry-warnings.js';
import type { InlineLists, InlineText } from './inline-texts.js';
import type { PolicyWarnings } from './policy-warnings.js';
import { openReach } from './public-suffix.js';
import { lintRegexes } from './regex-lists.js';

interface HostEntry extends ListedEntry, InlineText {}

/** Warns of entries of the host dialect that let in more than is meant, or never count. */
export function lintHostLists(lists: InlineLists, exact: boolean, warnings: PolicyWarnings): void {
  lintRegexes(lists, warnings);
  const allow = readEntries(lists.allow, exact);
  const deny = readEntries(lists.deny, exact);
  for (const entry of allow) lintReach(entry, warnings);
  for (const entry of [...allow, ...deny]) lintPath(entry, warnings);
  lintShadows(allow, warnings);
  lintShadows(deny, warnings);
  lintDenied(allow, deny, warnings);
}

function readEntries(texts: readonly InlineText[], exact: boolean): HostEntry[] {
  const entries: HostEntry[] = [];
  for (const [position, { text, path }] of texts.entries()) {
    if (text.startsWith('~')) continue;
    const entry = parseEntry(text, { exact });
    if (!('problem' in entry)) entries.push({ text, path, position, entry });
  }
  return entries;
}

function lintReach(listed: HostEntry, warnings: PolicyWarnings): void {
  const open = openReach(listed.entry);
  if (open === 'suffix') warnOfSuffix(listed, warnings);
  if (open !== 'form') return;
  const message = `${quote(listed.text)} lets in whoever registers a name of that form; write the names that are meant`;
  warnings.warn('open-ended-entry', listed.path, message);
}

/** `shop.example/*` of lists with globs in paths: here it covers a path that begins with a star, which none does. */
function lintPath({ entry, text, path }: HostEntry, warnings: PolicyWarnings): void {
  if (!entry.path?.includes('*')) return;
  const message = `${quote(text)} has a * in its path, where it stands for itself; a path is a prefix as it is, so write what comes before the *`;
  warnings.warn('wildcard-in-path', path, message);
}

function lintShadows(list: readonly HostEntry[], warnings: PolicyWarnings): void {
  if (list.length < 2) return;
  const cover = new EntryCover(list);
  for (const listed of list) {
    const outer = cover.find(listed.entry, (other) => makesNeedless(other, listed));
    if (outer !== undefined) warnOfShadowed(listed, outer.entry.written, warnings);
  }
}

/** Whether an entry can be left out, since another one that covers it is in the list. */
function makesNeedless(other: ListedEntry, { entry, position }: ListedEntry): boolean {
  // Without the entry, a Referer of its scheme would not be readable.
  if (!isWebScheme(entry.scheme) && other.entry.scheme === undefined) return false;
  // Of two that cover each other the later one is too many.
  return other.position < position || (other.position > position && !entryCovers(entry, other.entry));
}

function lintDenied(allow: readonly HostEntry[], deny: readonly HostEntry[], warnings: PolicyWarnings): void {
  if (allow.length === 0 || deny.length === 0) return;
  const cover = new EntryCover(deny);
  for (const listed of allow) {
    const outer = cover.find(listed.entry, () => true);
    if (outer !== undefined) warnOfDenied(listed, outer.entry.written, warnings);
  }
}

/** Readable whatever the entries say. */
function isWebScheme(scheme: string | undefined): boolean {
  return scheme === undefined || scheme === 'http' || scheme === 'https';
}
