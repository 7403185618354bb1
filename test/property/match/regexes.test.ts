import { expect } from 'chai';
import { checkRegex } from '#refgate/match/regex.js';
import { RegexList } from '#refgate/match/regex-list.js';
import { PATIENCE, type Prng, property } from '../../support/prng.js';
import { Verdicts } from './verdicts.js';

const LISTS = 600;
const TEXTS_A_LIST = 10;

/** What RE2 and JavaScript mean the same by, in forms short enough for JavaScript's engine. */
function randomPattern(random: Prng, depth = 1): string {
  const atom = (): string => {
    const nested = depth > 0 && random.chance(0.3);
    if (nested) return `(${random.pick(['', '?:'])}${randomPattern(random, depth - 1)})`;
    return random.pick(['a', 'b', 'B', '.', '/', '\\.', '[ab]', '[^a]', '\\w', '\\d', 'ä']);
  };
  const piece = (): string => atom() + random.pick(['', '', '', '*', '+', '?', '{1,2}', '*?']);
  const branch = (): string => random.list(1, 3, piece).join('');
  return `${random.pick(['', '', '^'])}${random.list(1, 2, branch).join('|')}${random.pick(['', '', '$', '\\b'])}`;
}

function firstByJavaScript(patterns: readonly string[], text: string, limit: number): number {
  const first = patterns.findIndex((pattern) => {
    const caseless = !pattern.startsWith('(?-i)');
    return new RegExp(caseless ? pattern : pattern.slice('(?-i)'.length), caseless ? 'iu' : 'u').test(text);
  });
  return first < 0 ? limit : Math.min(limit, first);
}

describe('regular expressions against JavaScript', () => {
  it(
    `the first of a list finds its match, for ${LISTS * TEXTS_A_LIST} pairs of list and text`,
    property((random) => {
      const verdicts = new Verdicts();
      for (let list = 0; list < LISTS; list++) checkList(random, verdicts);
      verdicts.expectBothOften(['one', 'several', 'many']);
    }),
  ).timeout(PATIENCE);
});

function checkList(random: Prng, verdicts: Verdicts): void {
  const [kind, count, tail] = random.pick([
    ['one', 1, ''],
    ['several', 5, 'b'],
    // More than one machine takes; none finds much, so that the later ones are asked too.
    ['many', 20, 'b/'],
  ] as const);
  const patterns = Array.from(
    { length: count },
    () => `${random.pick(['', '(?-i)'])}(?:${randomPattern(random)})${tail}`,
  );
  const list = new RegexList(
    patterns.map((pattern, position) => ({ pattern, position, instructions: sizeOf(pattern) })),
  );
  for (let text = 0; text < TEXTS_A_LIST; text++) {
    const sent = random
      .list(0, 9, () => random.pick(['a', 'A', 'b', 'B', 'b', '.', '/', '/', '0', 'ä', '😀']))
      .join('');
    const limit = random.pick([count, count, random.integer(0, count)]);
    const expected = firstByJavaScript(patterns, sent, limit);
    const found = list.first(sent, limit);
    if (found !== expected) expect(found, JSON.stringify({ sent, limit, patterns })).to.equal(expected);
    verdicts.count(kind, found < limit);
  }
}

function sizeOf(pattern: string): number {
  const checked = checkRegex(pattern);
  if ('problem' in checked) throw new Error(`${pattern}: ${checked.problem}`);
  return checked.instructions;
}
