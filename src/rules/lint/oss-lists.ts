import { quote } from '../key-path.js';
import { warnOfDenied, warnOfShadowed, warnOfSuffix } from './entry-warnings.js';
import { inTurns } from './in-turns.js';
import type { InlineLists, InlineText } from './inline-texts.js';
import { OssCover } from './oss-cover.js';
import { coversSuffixAsText, isPrefixOfOtherHosts } from './oss-entry.js';
import type { PolicyWarnings } from './policy-warnings.js';

/** Warns of entries of the oss dialect that let in more than is meant, or never count. */
export async function lintOssLists({ allow, deny }: InlineLists, warnings: PolicyWarnings): Promise<void> {
  await inTurns(allow, (item) => lintReach(item, warnings));
  await lintShadows(allow, warnings);
  await lintShadows(deny, warnings);
  const denied = new OssCover(deny);
  await inTurns(allow, (item) => {
    const cover = denied.find(item);
    if (cover !== undefined) warnOfDenied(item, cover.text, warnings);
  });
}

function lintReach(item: InlineText, warnings: PolicyWarnings): void {
  const { text, path } = item;
  if (isPrefixOfOtherHosts(text)) {
    const message = `${quote(text)} lets in every host that begins so, such as ${quote(`${text}.evil.example`)}; close it with a slash: ${quote(`${text}/`)}`;
    warnings.warn('oss-prefix-trap', path, message);
  }
  if (coversSuffixAsText(text)) warnOfSuffix(item, warnings);
}

async function lintShadows(list: readonly InlineText[], warnings: PolicyWarnings): Promise<void> {
  const cover = new OssCover(list);
  await inTurns(list, (item) => {
    const outer = cover.find(item);
    if (outer !== undefined) warnOfShadowed(item, outer.text, warnings);
  });
}
