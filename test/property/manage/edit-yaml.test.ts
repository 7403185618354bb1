import { isDeepStrictEqual } from 'node:util';
import { expect } from 'chai';
import { parseDocument } from 'yaml';
import { editYaml } from '#refgate/manage/policies/yaml/edit-yaml.js';
import { renderBlock } from '#refgate/manage/policies/yaml/render-yaml.js';
import { commentsOf, NotEditable } from '#refgate/manage/policies/yaml/yaml-source.js';
import { PATIENCE, type Prng, property } from '../../support/prng.js';

/** Texts that other notations, or YAML 1.1, read as something else. */
const HOSTILE = [
  ...['yes', 'no', 'on', 'null', '~', 'true', '0x10', '0o7', '1e3', '1_000', '.inf', '-', '--', '---', '...', '1:30'],
  ...['*', '*.a.example', '&a', '!x', '%x', '@x', '`x', '|', '>', '?', '? x', ': x', '- x', '#', '# x', 'a #b', 'a: b'],
  ...['a:', '[a', 'a]', '{a', 'a}', 'a, b', ',', '"', "'", '"a"', "it's", 'a\\b', '\\', '<<', '=', '2026-01-01'],
  ...['', ' ', ' lead', 'trail ', '\t', 'a\tb', 'a\nb', 'a\n', '\n', '\na', 'a\r\nb', '\r', '  \n x', 'a\n\n b\n\n'],
  ...[
    'é',
    '日本.example',
    '\u{1f600}',
    '\u0085',
    '\u2028',
    '\u2029',
    '\u00a0',
    '\ufeff',
    'a\ufeffb',
    '\u0007',
    '\0',
    '\x7f',
  ],
  ...['a'.repeat(200), 'a b '.repeat(60), '__proto__', 'constructor', 'toString'],
];

/** A value such as rule files have, of keys and texts that come again, so that parts of two values are equal. */
function randomValue(random: Prng, depth: number): unknown {
  const kind = random.integer(0, depth > 3 ? 1 : 5);
  if (kind === 0) return random.pick<unknown>([true, false, 1, 404, -7, 1.5, 'deny', 'allow', 'a.example']);
  if (kind === 1) return random.pick(HOSTILE);
  if (kind <= 3)
    return random.list(0, 5, () => (random.chance(0.7) ? random.pick(HOSTILE) : randomValue(random, depth + 1)));
  return randomMapping(random, depth);
}

const KEYS = ['a', 'b', 'c', 'name', 'x-y', 'yes', 'a key', '#', '1'];

function randomMapping(random: Prng, depth: number): Record<string, unknown> {
  return Object.fromEntries(
    random.list(depth === 0 ? 1 : 0, 4, () => [random.pick(KEYS), randomValue(random, depth + 1)]),
  );
}

/** Another value that has much of the first. */
function mutate(random: Prng, value: unknown, depth = 0): unknown {
  if (depth > 0 && random.chance(0.15)) return randomValue(random, depth);
  if (Array.isArray(value)) {
    const items = value.filter(() => random.chance(0.8)).map((item) => mutate(random, item, depth + 1));
    if (random.chance(0.3)) items.splice(random.integer(0, items.length), 0, randomValue(random, depth + 1));
    return random.chance(0.2) ? items.reverse() : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(() => depth === 0 || random.chance(0.85));
  const pairs = kept.map(([key, each]) => [key, mutate(random, each, depth + 1)]);
  return {
    ...Object.fromEntries(pairs),
    ...(random.chance(0.3) && { [random.pick(KEYS)]: randomValue(random, depth + 1) }),
  };
}

/** Somebody's hand: some collections between brackets, comments and empty lines wherever a line may have one. */
function writeByHand(random: Prng, value: unknown): string {
  const document = parseDocument(renderBlock(value, 0), { schema: 'core' });
  const flow = random.fraction() / 2;
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null || !('items' in node)) return;
    if (random.chance(flow)) (node as { flow?: boolean }).flow = true;
    else for (const item of node.items as Record<string, unknown>[]) visit('value' in item ? item['value'] : item);
  };
  if (document.contents && 'items' in document.contents) {
    for (const item of document.contents.items as { value: unknown }[]) visit(item.value);
  }
  const text = document.toString({
    lineWidth: 0,
    flowCollectionPadding: random.chance(0.5),
    indentSeq: random.chance(0.5),
  });
  let count = 0;
  const lines = text.trimEnd().split('\n');
  const commented = lines.flatMap((line, position) => {
    const indent = /^ */.exec(lines[position] ?? '')?.[0] ?? '';
    const before = random.chance(0.2) ? [`${indent}# comment ${count++}`] : [];
    if (random.chance(0.1)) before.push('');
    return [...before, random.chance(0.2) ? `${line} # comment ${count++}` : line];
  });
  // Inside of a text of several lines a comment is none, and empty lines count.
  const result = `${commented.join('\n')}\n`;
  return isDeepStrictEqual(plainOf(result), value) ? result : text;
}

function plainOf(text: string): unknown {
  const document = parseDocument(text, { schema: 'core', merge: false });
  return document.errors.length > 0 ? document.errors : document.toJS();
}

const comments = (text: string): string[] => commentsOf(text).map(({ source }) => source.trimEnd());

describe('editing YAML', () => {
  it(
    'says what it shall, and loses no comment, whatever was there',
    property((random) => {
      let [edited, refused] = [0, 0];
      for (let run = 0; run < 400; run++) {
        const value = randomMapping(random, 0);
        const text = writeByHand(random, value);
        const next = mutate(random, value) as Record<string, unknown>;
        let after: string;
        try {
          after = editYaml(text, next);
        } catch (error) {
          if (!(error instanceof NotEditable)) throw error;
          refused += 1;
          continue;
        }
        edited += 1;
        expect(plainOf(after), `${text}\n→ ${JSON.stringify(next)}\n→ ${after}`).to.deep.equal(next);
        expect(comments(after), text).to.include.members(comments(text));
        expect(editYaml(after, next)).to.equal(after);
      }
      expect(refused).to.be.lessThan(edited / 5);
    }),
  ).timeout(PATIENCE);

  it(
    'reads what was written, whatever the texts are',
    property((random) => {
      for (let run = 0; run < 300; run++) {
        const value = randomMapping(random, 0);
        expect(plainOf(renderBlock(value, 0))).to.deep.equal(value);
      }
      for (const text of HOSTILE)
        expect(plainOf(renderBlock({ a: [text], b: text, c: { d: text } }, 0))).to.deep.equal({
          a: [text],
          b: text,
          c: { d: text },
        });
    }),
  ).timeout(PATIENCE);
});
