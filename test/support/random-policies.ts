import fc from 'fast-check';
import type { PolicySource } from '#refgate/rules/validate/schema.js';

const label = fc.stringMatching(/^[a-z0-9]{1,8}$/);
const host = fc.tuple(fc.constantFrom('', '*.', '.'), label).map(([start, name]) => `${start}${name}.example`);

/** Texts that YAML would take for something else, or lay out in another way, and any others. */
const text = fc.oneof(
  fc.constantFrom('', ' ', 'yes', 'null', '~', '1', '0x1f', '- a', '# a', 'a: b', '*a', '&a', '!a', '{', '[', "'", '"'),
  fc.constantFrom(
    'a\nb\n',
    '\n',
    'a  \n  b',
    '\t',
    '\r\n',
    '\u0085',
    '\u2028',
    '\ufeff',
    '\u0000',
    '\u{1f600}',
    '---',
    '%',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ minLength: 90, maxLength: 200 }),
);

const some = <T>(item: fc.Arbitrary<T>) => fc.array(item, { minLength: 1, maxLength: 4 });

const value = fc.oneof(fc.boolean(), fc.stringMatching(/^[ -~]{0,12}$/));

const names = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/),
  fc.constantFrom('1', '10', 'true', 'null', 'constructor'),
);

const values = fc.dictionary(names, value, { minKeys: 1, maxKeys: 3, noNullPrototype: true });

const conditionKeys = {
  hosts: some(host),
  paths: some(fc.constantFrom('/**', '/images/**', '**.jpg', '~^/a', '~*\\.(jpe?g|png)$', '/ä/*', '/?')),
  extensions: some(fc.constantFrom('jpg', 'PNG', 'webp')),
  methods: some(fc.constantFrom('GET', 'head', 'PURGE')),
  schemes: some(fc.constantFrom('http', 'HTTPS')),
  headers: values,
  query: values,
  cookies: values,
  clientIps: some(fc.constantFrom('192.0.2.0/24', '2001:db8::/32', '203.0.113.7')),
  destinations: some(fc.constantFrom('image', 'video')),
};

const leaf = fc.record(conditionKeys, { requiredKeys: [] }).filter((condition) => Object.keys(condition).length > 0);

const match = fc.record(
  {
    ...conditionKeys,
    any: some(leaf),
    all: some(leaf),
    not: fc.oneof(
      leaf,
      leaf.map((inner) => ({ not: inner })),
    ),
  },
  { requiredKeys: [] },
);

const lists = {
  exact: fc.boolean(),
  ignoreScheme: fc.boolean(),
  allowSelf: fc.boolean(),
  invalid: fc.constantFrom('lists' as const, 'allow' as const, 'deny' as const),
};

const answer = fc.constantFrom('allow' as const, 'deny' as const);

const hostEntries = fc.array(
  fc.oneof(host, fc.constantFrom('192.0.2.0/24', '~\\.google\\.', { preset: 'social' as const })),
  {
    maxLength: 5,
  },
);

const hostReferer = fc.record(
  {
    ...lists,
    dialect: fc.constant('host' as const),
    allow: hostEntries,
    deny: hostEntries,
    empty: fc.oneof(
      answer,
      fc.constant('verify' as const),
      fc.record({ absent: answer, blank: answer }, { requiredKeys: [] }),
    ),
  },
  { requiredKeys: [] },
);

const ossEntries = fc.array(fc.constantFrom('http://www.example.com', '*.example.net', 'mibrowser:home', '中文?'), {
  maxLength: 4,
});

const ossReferer = fc.record(
  {
    dialect: fc.constant('oss' as const),
    allow: ossEntries,
    deny: ossEntries,
    empty: answer,
    truncatePath: fc.boolean(),
  },
  { requiredKeys: ['dialect'] },
);

const onDeny = fc.oneof(
  fc.record(
    { redirect: fc.constant('https://shop.example/x.png'), status: fc.constantFrom(301, 302, 307) },
    { requiredKeys: ['redirect'] },
  ),
  fc.record(
    { status: fc.constantFrom(403, 404, 451), body: text, headers: fc.constant({ 'x-a': 'b' }) },
    { requiredKeys: [] },
  ),
  fc.record({ format: fc.constant('oss-xml' as const) }),
);

/** A policy that is valid, of every key that needs no file beside it. */
export const randomPolicies: fc.Arbitrary<Omit<PolicySource, 'name'>> = fc.record(
  {
    description: text,
    mode: fc.constantFrom('enforce' as const, 'shadow' as const),
    match,
    referer: fc.oneof(hostReferer, ossReferer),
    exempt: fc.record(
      {
        authorization: fc.boolean(),
        methods: some(fc.constant('OPTIONS')),
        userAgents: some(fc.constantFrom('*bot*', 'a?')),
      },
      { requiredKeys: [] },
    ),
    onDeny,
    silence: fc.array(fc.constantFrom('allow-list-empty', 'unreachable-policy')),
  },
  { requiredKeys: ['referer'] },
);
