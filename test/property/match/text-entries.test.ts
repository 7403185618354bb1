import { expect } from 'chai';
import { TextIndexBuilder } from '#refgate/match/text-index-builder.js';
import type { Truncation } from '#refgate/model/policy.js';
import { truncateReferer } from '#refgate/referer/truncate-referer.js';
import { textEntryCovers, truncated } from '../../support/oracle-texts.js';
import { PATIENCE, type Prng, property } from '../../support/prng.js';
import { Verdicts } from './verdicts.js';

const LISTS = 1_500;
const TEXTS_A_LIST = 15;
const PARTS = ['a', 'A', 'b', 'b', '.', '/', '?', '://', 'http://', 'ä', 'Ä', 'Σ', '😀', 'abab', 'a.b/'];
const TRUNCATIONS: readonly Truncation[] = ['nothing', 'query', 'path'];

function randomEntry(random: Prng): string {
  return random.list(1, 4, () => random.pick([...PARTS, '*', '*', '?'])).join('');
}

/** A Referer of its own, or one that an entry was made for: by chance alone a single entry seldom covers one. */
function randomText(random: Prng, entries: readonly string[], ending: string): string {
  const parts = random.list(0, 6, () => random.pick([...PARTS, ending])).join('');
  if (!random.pick([true, false, false])) return parts;
  const begun = random.pick(entries).replaceAll('*', () => random.pick(PARTS));
  return begun.replaceAll('?', () => random.pick(['a', '.', '😀'])) + parts;
}

function checkList(random: Prng, verdicts: Verdicts): void {
  // Beyond 16 globs they are found by four characters in a row.
  const [kind, low, high] = random.pick([
    ['one', 1, 1],
    ['several', 2, 8],
    ['many', 40, 80],
  ] as const);
  const ending = kind === 'many' ? random.pick(['aabb', '/.ba', 'ä']) : '';
  const entries = random.list(low, high, () => randomEntry(random) + ending);
  const builder = new TextIndexBuilder({
    start: random.integer(0, 3),
    multiplier: random.pick([1, 3, 0x9e3779b1 | 1]),
  });
  for (const entry of entries) builder.add(entry);
  const index = builder.build();
  for (let text = 0; text < TEXTS_A_LIST; text++) {
    const referer = randomText(random, entries, ending);
    const truncation = random.pick(TRUNCATIONS);
    const found = index.find(truncateReferer(referer, truncation));
    const compared = truncated(referer, truncation);
    const expected = entries.find((entry) => textEntryCovers(entry, compared));
    if (found !== expected) {
      expect(found, JSON.stringify({ referer, truncation, entries })).to.equal(expected);
    }
    verdicts.count(kind, found !== undefined);
  }
}

describe('lists of texts against the oracle', () => {
  it(
    `the first entry covers, for ${LISTS * TEXTS_A_LIST} pairs of list and Referer`,
    property((random) => {
      const verdicts = new Verdicts();
      for (let list = 0; list < LISTS; list++) checkList(random, verdicts);
      verdicts.expectBothOften(['one', 'several', 'many']);
    }),
  ).timeout(PATIENCE);
});
