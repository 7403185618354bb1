import { quote } from '../key-path.js';
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
  await inTurns(allow, ({ text, path }) => {
    const cover = denied.find({ text, path });
    if (cover === undefined) return;
    const message = `${quote(text)} lets nobody in, since the deny list, which is asked first, has ${quote(cover.text)}; take one of them out`;
    warnings.warn('entry-denied', path, message);
  });
}

function lintReach({ text, path }: InlineText, warnings: PolicyWarnings): void {
  if (isPrefixOfOtherHosts(text)) {
    const message = `${quote(text)} lets in every host that begins so, such as ${quote(`${text}.evil.example`)}; close it with a slash: ${quote(`${text}/`)}`;
    warnings.warn('oss-prefix-trap', path, message);
  }
  if (coversSuffixAsText(text)) {
    const message = `${quote(text)} lets in every site under a public suffix, where anybody can have one; write the sites that are meant`;
    warnings.warn('public-suffix-entry', path, message);
  }
}

async function lintShadows(list: readonly InlineText[], warnings: PolicyWarnings): Promise<void> {
  const cover = new OssCover(list);
  await inTurns(list, (item) => {
    const outer = cover.find(item);
    if (outer === undefined) return;
    const message = `${quote(item.text)} adds nothing, since ${quote(outer.text)} in the same list covers it; leave it out`;
    warnings.warn('entry-shadowed', item.path, message);
  });
}
