import { quote } from '../key-path.js';
import type { InlineLists, InlineText } from './inline-texts.js';
import type { PolicyWarnings } from './policy-warnings.js';
import { beginsAtHost } from './regex-anchor.js';

/** Warns of regular expressions that a path can match, that stand twice, or that the deny list has too. */
export function lintRegexes({ allow, deny }: InlineLists, warnings: PolicyWarnings): void {
  const regexes = allow.filter(isRegex);
  for (const { text, path } of regexes) {
    if (beginsAtHost(text.slice(1))) continue;
    const message = `${quote(text)} ${MATCHES_PATHS}`;
    warnings.warn('unanchored-regex', path, message);
  }
  warnOfRepeated(regexes, warnings);
  warnOfRepeated(deny.filter(isRegex), warnings);
  const denied = new Set(deny.map(({ text }) => text));
  for (const { text, path } of regexes) {
    if (!denied.has(text)) continue;
    const message = `${quote(text)} lets nobody in, since the deny list, which is asked first, has it too; take one of them out`;
    warnings.warn('entry-denied', path, message);
  }
}

const MATCHES_PATHS =
  'also matches what stands in a path, which anybody can write; begin with ^ and keep to the host, such as ~^([^/]*\\.)?shop\\.example(:|/|$)';

/** Whether one expression covers another is not asked; only the same text again is found. */
function warnOfRepeated(regexes: readonly InlineText[], warnings: PolicyWarnings): void {
  const seen = new Set<string>();
  for (const { text, path } of regexes) {
    if (seen.has(text)) {
      warnings.warn('entry-shadowed', path, `${quote(text)} is in the list already; leave it out`);
    }
    seen.add(text);
  }
}

function isRegex({ text }: InlineText): boolean {
  return text.startsWith('~');
}
