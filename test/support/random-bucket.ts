import fc from 'fast-check';
import type { BucketReferer } from '#refgate/manage/oss/bucket-referer.js';

/** Entries that XML, YAML, JSON, rule files or JavaScript could take for something else. */
const hostile = [
  '&amp;',
  '&',
  '<Referer>',
  '</RefererList>',
  ']]>',
  '<!-- a -->',
  '<?xml?>',
  '- a',
  '#a',
  'a #b',
  'a: b',
  '? a',
  '*a',
  '&a',
  '!a',
  '|',
  '>',
  '%a',
  '@a',
  '`a`',
  '"',
  "'",
  '{ file: /etc/passwd }',
  '{ preset: social }',
  '[a]',
  '---',
  '...',
  'true',
  'null',
  '~',
  '1e3',
  '0x10',
  '2026-11-22',
  '=',
  '<<',
  '\\n',
  '\u2028',
  'a\u00a0b',
  '\u{1f600}',
  '__proto__',
  'mibrowser:home',
  '阿里巴巴',
  'http://a.example/?a=b&c="d"',
].filter((text) => text.trim() !== '');

const anyText = fc
  .string({ unit: 'binary', maxLength: 40 })
  .map((text) => text.replaceAll(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '').trim())
  .filter((text) => text !== '');

const longText = fc.constantFrom('a', 'é', '😀', ' b').map((unit) => `x${unit.repeat(600)}`);

/** An entry as it comes back: without white space around it, nor a character that no XML holds. */
export const randomEntry = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...hostile) },
  { weight: 4, arbitrary: anyText },
  { weight: 1, arbitrary: longText },
);

const entries = fc.array(randomEntry, { maxLength: 4 });

/** A configuration that PutBucketReferer takes. */
export const randomBucket: fc.Arbitrary<BucketReferer> = fc
  .record({
    allowEmptyReferer: fc.boolean(),
    allowTruncateQueryString: fc.boolean(),
    truncatePath: fc.boolean(),
    refererList: entries,
    refererBlacklist: entries,
  })
  .map((bucket) => ({ ...bucket, truncatePath: bucket.truncatePath && bucket.allowTruncateQueryString }));
