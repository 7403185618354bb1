import { parse } from 'tldts';
import type { RefererEntry } from '../../model/entry.js';

/**
 * Whether an entry covers every site under a public suffix (https://publicsuffix.org), where anybody can have one:
 * `*.com`, `com`, `*.co.uk`, `github.io`, `*.*`. Not `github.io` with exact, nor a bare `*` or `**`, which is meant.
 */
export function coversPublicSuffix(entry: RefererEntry): boolean {
  return openReach(entry) === 'suffix';
}

/** True for a name that is a public suffix of the list, of registries (co.uk) or of hosters (github.io). */
export function isPublicSuffix(name: string): boolean {
  const found = parse(name, { allowPrivateDomains: true, extractHostname: false, validateHostname: false });
  // A name that is not on the list (internal, example) counts as a suffix by the list's default rule alone.
  return found.publicSuffix === name && (found.isIcann === true || found.isPrivate === true);
}

/**
 * What a stranger can get hold of: any site under a public suffix, a site of a form in which anybody can register one
 * (`google.*` takes in google.<any>, `*shop.com` takes in eshop.com), or nothing.
 */
export function openReach({ host }: RefererEntry): 'suffix' | 'form' | undefined {
  if (host.kind === 'name') return host.below !== 'none' && isPublicSuffix(host.name) ? 'suffix' : undefined;
  if (host.kind !== 'wildcard') return undefined;
  const { labels, below } = host;
  const suffixStart = labels.findLastIndex((label) => /[*?]/.test(label)) + 1;
  const suffix = labels.slice(suffixStart);
  if (suffix.length > 0 && !isPublicSuffix(suffix.join('.'))) return undefined;
  if (labels.length === 1 && !below) return undefined;
  // Without literal labels at the end, the last one stands for the suffix itself.
  const before = labels.slice(0, suffix.length > 0 ? suffixStart : -1);
  return before.every((label) => label === '*' || label === '**') ? 'suffix' : 'form';
}
