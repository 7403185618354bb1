import { expect } from 'chai';
import { checkRegex } from '#refgate/match/regex.js';
import { RegexList } from '#refgate/match/regex-list.js';
import { isWordCharacter, type RegexTree, regexFinds, regexText, type Times } from '../../support/oracle-regexes.js';
import { PATIENCE, type Prng, property } from '../../support/prng.js';
import { Verdicts } from './verdicts.js';

const LISTS = 600;
const TEXTS_A_LIST = 10;

const one = (written: string, has: (character: string) => boolean): RegexTree => ({ kind: 'class', written, has });
const times = (written: string, least: number, most: number): Times => ({ written, least, most });

const ATOMS: readonly RegexTree[] = [
  ...['a', 'b', 'B', '/', '.', 'ä'].map((character) => ({ kind: 'character', character }) as const),
  one('.', (character) => character !== '\n'),
  one('[ab]', (character) => 'ab'.includes(character)),
  { kind: 'not', written: '[^a]', has: (character) => character === 'a' },
  one('\\w', isWordCharacter),
  one('\\d', (character) => character >= '0' && character <= '9'),
];

const TIMES: readonly Times[] = [
  times('*', 0, Infinity),
  times('+', 1, Infinity),
  times('?', 0, 1),
  times('{1,2}', 1, 2),
  times('{2}?', 2, 2),
  times('*?', 0, Infinity),
  times('+?', 1, Infinity),
];

/** An expression that may begin and end with an edge, as those do that people write, and groups of the same form. */
function randomTree(random: Prng, depth = 1): RegexTree {
  const atom = (): RegexTree => {
    const nested = depth > 0 && random.chance(0.3);
    if (!nested) return random.pick(ATOMS);
    return { kind: 'group', open: random.pick(['(', '(?:']), tree: randomTree(random, depth - 1) };
  };
  const piece = (): RegexTree =>
    random.chance(0.5) ? atom() : { kind: 'repeat', tree: atom(), times: random.pick(TIMES) };
  const edge = (kind: 'start' | 'end' | 'wordEdge', probability: number): RegexTree[] =>
    random.chance(probability) ? [{ kind }] : [];
  const branch = (): RegexTree => ({
    kind: 'sequence',
    trees: [
      ...edge('start', 0.2),
      ...edge('wordEdge', 0.07),
      ...random.list(1, 3, piece),
      ...edge('wordEdge', 0.15),
      ...edge('end', 0.15),
    ],
  });
  return { kind: 'choice', trees: random.list(1, 2, branch) };
}

/** One expression of a list: lists ignore case, unless it says `(?-i)`. */
interface Sample {
  readonly pattern: string;
  readonly tree: RegexTree;
  readonly caseless: boolean;
}

function randomSample(random: Prng, tail: string): Sample {
  const group: RegexTree = { kind: 'group', open: '(?:', tree: randomTree(random) };
  const tree: RegexTree = {
    kind: 'sequence',
    trees: [group, ...[...tail].map((character) => ({ kind: 'character', character }) as const)],
  };
  const caseless = random.chance(0.5);
  return { pattern: (caseless ? '' : '(?-i)') + regexText(tree), tree, caseless };
}

function firstByOracle(samples: readonly Sample[], text: string, limit: number): number {
  const first = samples.findIndex(({ tree, caseless }) => regexFinds(tree, text, { caseless }));
  return first < 0 ? limit : Math.min(limit, first);
}

describe('regular expressions against the oracle', () => {
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
  const samples = random.list(count, count, () => randomSample(random, tail));
  const patterns = samples.map(({ pattern }) => pattern);
  const list = new RegexList(
    patterns.map((pattern, position) => ({ pattern, position, instructions: sizeOf(pattern) })),
  );
  for (let text = 0; text < TEXTS_A_LIST; text++) {
    const sent = random
      .list(0, 9, () => random.pick(['a', 'A', 'b', 'B', 'b', '.', '/', '/', '0', 'ä', 'Ä', '😀', '\n', 'b/']))
      .join('');
    const limit = random.pick([count, count, random.integer(0, count)]);
    const expected = firstByOracle(samples, sent, limit);
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
