import { quote } from '../key-path.js';
import type { InlineText } from './inline-texts.js';
import type { PolicyWarnings } from './policy-warnings.js';

// What is told of entries in either dialect, in the same words.

/** An entry of the allow list that covers every site under a public suffix. */
export function warnOfSuffix({ text, path }: InlineText, warnings: PolicyWarnings): void {
  const message = `${quote(text)} lets in every site under a public suffix, where anybody can have one; write the sites that are meant`;
  warnings.warn('public-suffix-entry', path, message);
}

/** An entry beside another one, `cover` as written, that covers all that it covers. */
export function warnOfShadowed({ text, path }: InlineText, cover: string, warnings: PolicyWarnings): void {
  const message = `${quote(text)} adds nothing, since ${quote(cover)} in the same list covers it; leave it out`;
  warnings.warn('entry-shadowed', path, message);
}

/** An entry of the allow list that one of the deny list, `cover` as written, covers. */
export function warnOfDenied({ text, path }: InlineText, cover: string, warnings: PolicyWarnings): void {
  const message = `${quote(text)} lets nobody in, since the deny list, which is asked first, has ${quote(cover)}; take one of them out`;
  warnings.warn('entry-denied', path, message);
}
