import { expect } from 'chai';
import fc from 'fast-check';
import type { Imported, ImportFailure } from '#refgate/import/imported.js';
import { importNginx } from '#refgate/import/nginx/import-nginx.js';
import { writeRuleFile } from '#refgate/import/write-rule-file.js';
import { snapshotOf } from '../support/import-fixtures.js';
import { nginxFixtures } from '../support/nginx-fixtures.js';
import { PATIENCE } from '../support/prng.js';

/** What means something to nginx, to regular expressions, to Lua or to YAML. */
const pieces: readonly string[] = [
  '{', '}', ';', '"', "'", '\\', '#', '\n', ' ', '$', '${', '\0', '\ufeff', '\u{1f600}',
  'http {', 'server {', 'location ', 'if ($invalid_referer) { return 403; }', 'if (', 'return 302 ', 'return ',
  'valid_referers ', 'none ', 'blocked ', 'server_names ', 'server_name ', 'listen 443 ssl;', 'default_server;',
  '= ', '^~ ', '~ ', '~* ', '/', '/a', '*.', '.*', '.', '*', '?', '~', '@', '|', '(', ')', '[', ']', '(?!', '+', '{9999}',
  '\\.(jpg|png)$', 'a.example', '192.0.2.*', '192.0.2.0/24', '[::1]', ':80', 'https://', '/../', '//', '%2F',
  'rewrite ^ ', 'include ', 'include *;', 'try_files ', 'map $http_referer $x {', 'content_by_lua_block {', '--[[', ']]',
]; // biome-ignore format: a list of words

const words = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join(''));

/** A real configuration with one stretch of it replaced. */
const mutated = fc
  .record({
    text: fc.constantFrom(...nginxFixtures().map(({ text }) => text)),
    at: fc.nat(),
    length: fc.oneof(fc.constant(0), fc.nat(60), fc.constant(100_000)),
    insert: fc.oneof(fc.constant(''), words, fc.string({ unit: 'binary', maxLength: 20 })),
  })
  .map(({ text, at, length, insert }) => {
    const start = at % (text.length + 1);
    return text.slice(0, start) + insert + text.slice(start + length);
  });

const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array).toString('utf8'));

/** Servers and locations of words that are mostly not what belongs there. */
const shaped = fc
  .array(fc.tuple(fc.constantFrom('', '= ', '^~ ', '~ ', '~* '), words, words), { maxLength: 5 })
  .map((locations) => {
    const text = locations.map(([modifier, name, referers]) => {
      const quoted = JSON.stringify(name.replaceAll('\0', ''));
      const list = referers
        .split(/[\s;{}"'\\#]+/)
        .filter((word) => word !== '')
        .map((word) => JSON.stringify(word));
      return `location ${modifier}${quoted} { valid_referers x.example ${list.join(' ')}; if ($invalid_referer) { return 403; } }`;
    });
    return `server { server_name a.example; ${text.join('\n')} }`;
  });

describe('import nginx', () => {
  const options = { numRuns: 300 };

  it('never crashes and never hangs, and what it writes loads', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(mutated, words, bytes, shaped), async (text) => {
        const imported: Imported | ImportFailure = await importNginx({ file: 'no-such-folder/nginx.conf', text });
        if ('problem' in imported) {
          expect(imported.line).to.be.greaterThan(0);
          return;
        }
        const snapshot = await snapshotOf(writeRuleFile(imported, { product: 'nginx', file: 'nginx.conf' }));
        expect(snapshot.policies).to.have.lengthOf(imported.policies.length);
      }),
      options,
    );
  }).timeout(PATIENCE);

  /** Each is long in one dimension; what takes more than linear time in it would not end. */
  const long: readonly (readonly [what: string, text: string])[] = [
    ['one word', 'a'.repeat(5_000_000)],
    ['quotes', `a ${'"b" '.repeat(500_000)};`],
    ['escapes', '\\\\'.repeat(3_000_000)],
    ['comments', '#\n'.repeat(1_000_000)],
    ['open blocks', 'a {'.repeat(500_000)],
    ['Lua', `x_by_lua_block {${'--[[ ]]'.repeat(300_000)}`],
    ['servers of one name', 'server { server_name a.example; location / {} }\n'.repeat(5_000)],
    [
      'prefixes of each other',
      `server { ${Array.from({ length: 1_500 }, (_, i) => `location ${'/a'.repeat(i + 1)} {}`).join('\n')} }`,
    ],
    ['locations inside each other', `server { ${'location /a { '.repeat(90)}${'}'.repeat(91)}`],
    [
      'a list',
      `server { server_name a.example; valid_referers ${Array.from({ length: 50_000 }, (_, i) => `h${i}.example/x`).join(' ')}; if ($invalid_referer) { return 403; } }`,
    ],
    ['maps', `${'map $http_referer $x { default 0; }\n'.repeat(20_000)}if ($x) {}`],
    ['a regular expression', `location ~ ${'(a|b?)'.repeat(2_000)}$ {}`],
    ['a name of many labels', `server { server_name ${'a.'.repeat(20_000)}example; }`],
  ];
  for (const [what, text] of long) {
    it(`takes no more than a moment for ${what}`, async () => {
      expect(await importNginx({ file: 'no-such-folder/nginx.conf', text })).to.be.an('object');
    }).timeout(PATIENCE);
  }
});
