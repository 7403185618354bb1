import { z } from 'zod';
import { describeValue } from '../describe-value.js';
import { quote } from '../key-path.js';
import { PRESET_NAMES } from '../presets/preset-names.js';
import { nearestWord } from './nearest-word.js';
import { describeText, oneOf, textLike, wordError } from './schema-texts.js';

/** One mapping and not two alternatives, so that a misspelt key can be told from both that it may be. */
const elsewhere = z
  .strictObject({
    file: textLike(/^[^\p{Cc}]+$/u, "a list file's path, relative to this rule file")
      .optional()
      .describe(
        'Path of a list file, relative to this rule file and inside the rules directory. One entry a line; `#` begins a comment.',
      ),
    preset: z
      .enum(PRESET_NAMES, { error: unknownPreset })
      .optional()
      .describe('Name of a list that ships with refgate: `refgate presets` prints them.'),
  })
  .refine(({ file, preset }) => (file === undefined) !== (preset === undefined), {
    // An unknown key says more than that a known one is missing.
    when: ({ issues }) => issues.length === 0,
    error: ({ input }) => `expected { file: … } or { preset: … }, got ${oneOfTwo(input)}`,
  })
  .meta({ description: 'Entries from a list of their own.', minProperties: 1, maxProperties: 1 });

function oneOfTwo(input: unknown): string {
  const isEmpty = typeof input === 'object' && input !== null && Object.keys(input).length === 0;
  return isEmpty ? 'an empty mapping' : 'both in one; write an item for each';
}

function unknownPreset({ input }: { input?: unknown }): string {
  const meant = typeof input === 'string' ? nearestWord(input, PRESET_NAMES) : undefined;
  const advice = meant === undefined ? '' : `; did you mean ${quote(meant)}?`;
  return `expected the name of a preset (${PRESET_NAMES.join(', ')}), got ${describeText(input)}${advice}`;
}

const entry = z
  .string()
  .describe(
    '`[scheme://]host[:port][/path-prefix]`, a CIDR block or `~` and a regular expression: `example.com`, `*.example.com`, `https://example.com/shop/`, `192.0.2.0/24`, `~\\.google\\.`. In the oss dialect the beginning of a Referer, with `*` and `?`: `https://*.example.com/`.',
  );

const BARE_NUMBER: Readonly<Record<string, string>> = { number: '; put it in quotes if it is meant as text' };

const entries = z.array(
  z.union([entry, elsewhere], {
    error: ({ input }) =>
      `expected text, { file: … } or { preset: … }, got ${describeValue(input)}${BARE_NUMBER[typeof input] ?? ''}`,
  }),
);

const emptyAnswer = oneOf(['allow', 'deny', 'verify']);

const emptySchema = z.union(
  [
    emptyAnswer,
    z.strictObject({
      absent: emptyAnswer.optional().describe('Answer for a request without a Referer header. Default: deny.'),
      blank: emptyAnswer.optional().describe('Answer for a Referer of nothing but white space. Default: deny.'),
    }),
  ],
  { error: wordError(['"allow"', '"deny"', '"verify"', '{ absent: …, blank: … }']) },
);

export const refererSchema = z
  .strictObject({
    dialect: oneOf(['host', 'oss'])
      .optional()
      .describe('host: entries are hosts. oss: entries are beginnings of the Referer, as a text. Default: host.'),
    allow: entries
      .optional()
      .describe(
        'Referers that pass. Nothing is on an empty list, in the oss dialect everything; without the key every Referer passes.',
      ),
    deny: entries.optional().describe('Referers that do not pass. Asked before `allow`.'),
    empty: emptySchema
      .optional()
      .describe('Answer for an empty Referer. verify: what Sec-Fetch-Site and Origin say of it. Default: deny.'),
    verifyFallback: oneOf(['allow', 'deny'])
      .optional()
      .describe('With `empty: verify`: the answer where the browser sends neither. Default: allow.'),
    invalid: oneOf(['lists', 'allow', 'deny'])
      .optional()
      .describe('Answer for a Referer that is no readable URL. Default: lists (it is on no list).'),
    truncateQuery: z
      .boolean()
      .optional()
      .describe('oss dialect: true: a Referer is compared without its query. Default: true.'),
    truncatePath: z
      .boolean()
      .optional()
      .describe('oss dialect: true: a Referer is compared without its path too. Default: false.'),
    exact: z.boolean().optional().describe('True: an entry covers only itself, not what is below it. Default: false.'),
    ignoreScheme: z
      .boolean()
      .optional()
      .describe('True: a Referer without a scheme is read as if http:// stood before it. Default: false.'),
    allowSelf: z.boolean().optional().describe("True: the request's own host passes. Default: true."),
  })
  .describe('Which Referers pass.');
