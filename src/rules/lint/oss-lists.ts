import { quote } from '../key-path.js';
import { warnOfDenied, warnOfShadowed, warnOfSuffix } from './entry-warnings.js';
import type { InlineLists, InlineText } from './inline-texts.js';
import { OssCover } from './oss-cover.js';
import { coversSuffixAsText, isPrefixOfOtherHosts } from './oss-entry.js';
import type { PolicyWarnings } from './policy-warnings.js';

/** Warns of entries of the oss dialect that let in more than is meant, or never count. */
export function lintOssLists({ allow, deny }: InlineLists, warnings: PolicyWarnings): void {
  for (const item of allow) lintReach(item, warnings);
  lintShadows(allow, warnings);
  lintShadows(deny, warnings);
  const denied = new OssCover(deny);
  for (const item of allow) {
    const cover = denied.find(item);
    if (cover !== undefined) warnOfDenied(item, cover.text, warnings);
  }
}

function lintReach(item: InlineText, warnings: PolicyWarnings): void {
  const { text, path } = item;
  if (isPrefixOfOtherHosts(text)) {
    const message = `${quote(text)} lets in every host that begins so, such as ${quote(`${text}.evil.example`)}; close it with a slash: ${quote(`${text}/`)}`;
    warnings.warn('oss-prefix-trap', path, message);
  }
  if (coversSuffixAsText(text)) warnOfSuffix(item, warnings);
}

function lintShadows(list: readonly InlineText[], warnings: PolicyWarnings): void {
  const cover = new OssCover(list);
  for (const item of list) {
    const outer = cover.find(item);
    if (outer !== undefined) warnOfShadowed(item, outer.text, warnings);
  }
}
