import { z } from 'zod';
import { describeValue } from '../describe-value.js';
import { quote } from '../key-path.js';
import { condition, textLike } from './schema-texts.js';

/** RFC 9110 §5.6.2. Methods and header names are tokens. */
export const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

export const methodSchema = textLike(TOKEN, 'a request method such as GET').describe('A request method, in any case.');

export const networkSchema = z.string().describe('An IP address or a CIDR block.');

const host = z
  .string()
  .describe(
    '`cdn.example.com` (only itself), `*.example.com` (any depth below it), `a*b.example.com`, or `**` (every host).',
  );

const pathPattern = textLike(
  /^(?:\/|\*\*|~)/,
  'a path that begins with "/" or "**", or ~ and a regular expression',
  rootedGlobs,
).describe(
  'Case-sensitive. `*` within a segment, `**` across segments, `?` one character: `/images/**`, `/video/*.mp4`. Or `~` and a regular expression that is found anywhere in the path, `~*` to ignore case: `~^/thumbs/[0-9]+/`.',
);

const extension = textLike(
  /^[^./\s*?]+$/,
  'a file extension without dots and wildcards, such as jpg (of a.tar.gz it is gz)',
).describe('Without the dot, in any case: `jpg`.');

/** The words for what is no value of `headers`, `query` and `cookies`. */
export function expectedValue(input: unknown): string {
  const advice =
    typeof input === 'number'
      ? '; put it in quotes if it is meant as text'
      : Array.isArray(input)
        ? '; for one of several globs use any'
        : '';
  return `expected a glob, true (present) or false (absent), got ${describeValue(input)}${advice}`;
}

const value = z.union([z.string(), z.boolean()], { error: ({ input }) => expectedValue(input) });

const values = z.record(z.string(), value).meta({ minProperties: 1 });

const conditionKeys = {
  hosts: condition(host).optional().describe("The request's host. Case, port and a trailing dot are ignored."),
  paths: condition(pathPattern)
    .optional()
    .describe("The request's path, percent-decoded once, dot segments resolved, runs of slashes counted as one."),
  extensions: condition(extension).optional().describe('The extension of the last path segment.'),
  methods: condition(methodSchema).optional().describe('The request method.'),
  schemes: condition(textLike(/^[Hh][Tt][Tt][Pp][Ss]?$/, '"http" or "https"'))
    .optional()
    .describe('The scheme of the request: `http` or `https`.'),
  headers: values
    .optional()
    .describe(
      'Request headers, names in any case: a glob of the whole value (`*` any run, `?` one character, case-sensitive), `true` (present) or `false` (absent).',
    ),
  query: values
    .optional()
    .describe('Query parameters, names and values decoded: a glob, `true` or `false` as in `headers`.'),
  cookies: values.optional().describe('Cookies, values as written: a glob, `true` or `false` as in `headers`.'),
  clientIps: condition(networkSchema).optional().describe('The address of the client.'),
  destinations: condition(textLike(/^[A-Za-z]+$/, 'a word of Sec-Fetch-Dest such as image'))
    .optional()
    .describe(
      'What the browser wants the response for (Sec-Fetch-Dest): `image`, `video`, `document`. Without the header it does not hold.',
    ),
} as const;

/** Written out, since a type that is taken from a schema cannot refer to itself. */
type NestedKeys = {
  readonly any: z.ZodOptional<z.ZodArray<NestedSchema>>;
  readonly all: z.ZodOptional<z.ZodArray<NestedSchema>>;
  readonly not: z.ZodOptional<NestedSchema>;
};

/** What `match` and every condition inside it may say. */
export interface NestedSchema extends z.ZodObject<typeof conditionKeys & NestedKeys, z.core.$strict> {}

/**
 * A condition inside another. One schema for all levels, so that editors and the search for misspelt keys know them
 * alike; how deep they go, and that none is empty, is looked at when they are compiled.
 */
const nestedSchema: NestedSchema = z.strictObject({
  ...conditionKeys,
  get any() {
    return anyOf(nestedSchema);
  },
  get all() {
    return allOf(nestedSchema);
  },
  get not() {
    return noneOf(nestedSchema);
  },
});

nestedSchema.register(z.globalRegistry, {
  id: 'condition',
  description: 'The same keys as `match`, of which at least one is needed. All given keys must hold. At most 4 levels.',
  minProperties: 1,
});

export const matchSchema = z
  .strictObject({
    ...conditionKeys,
    any: anyOf(nestedSchema),
    all: allOf(nestedSchema),
    not: noneOf(nestedSchema),
  })
  .describe('Which requests the policy covers. All given keys must hold; without `match` it covers every request.');

function anyOf(nested: NestedSchema): NestedKeys['any'] {
  return condition(nested).optional().describe('At least one of these conditions must hold.');
}

function allOf(nested: NestedSchema): NestedKeys['all'] {
  const list = z.array(nested).min(1, { error: 'an empty list asks for nothing; leave the key out' });
  return list.optional().describe('Each of these conditions must hold.');
}

function noneOf(nested: NestedSchema): NestedKeys['not'] {
  return nested.optional().describe('This condition must not hold.');
}

/** Paths begin with a slash, so `*.jpg` would cover nothing, and a policy that covers nothing protects nothing. */
function rootedGlobs(glob: string): string {
  const inAnyFolder = quote(`/**/${glob}`);
  return glob.startsWith('*')
    ? `write ${quote(`*${glob}`)} or ${inAnyFolder}`
    : `write ${quote(`/${glob}`)} or ${inAnyFolder}`;
}
