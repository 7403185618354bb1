import { expect } from 'chai';
import { EntryIndexBuilder } from '#refgate/match/entry-index-builder.js';
import type { RefererEntry } from '#refgate/model/entry.js';
import { firstEntry } from '../../support/oracle-entries.js';
import { PATIENCE, type Prng, property } from '../../support/prng.js';
import {
  type Kind,
  randomBrandHost,
  randomBrands,
  randomEntry,
  randomHost,
  randomPages,
  randomReferer,
} from './random-entries.js';
import { Verdicts } from './verdicts.js';

const PAIRS = 200_000;
const HOSTS_A_LIST = 20;
const KINDS: readonly Kind[] = ['any', 'name', 'network', 'wildcard'];

/** Every third index has a hash that tells no two names apart. */
const SEEDS = [undefined, undefined, { start: 0, multiplier: 0 }];

describe('entry index against the oracle', () => {
  it(
    `finds the same entry for ${PAIRS} pairs of list and Referer`,
    property((random) => {
      const verdicts = new Verdicts();
      for (let pair = 0; pair < PAIRS; pair += HOSTS_A_LIST) checkList(random, verdicts);
      verdicts.expectBothOften([...KINDS, 'mixed', 'paths', 'one suffix']);
    }),
  ).timeout(PATIENCE);
});

function checkList(random: Prng, verdicts: Verdicts): void {
  const kind = random.pick([...KINDS, 'mixed', 'paths', 'one suffix'] as const);
  const entries = randomList(random, kind);
  const builder = new EntryIndexBuilder(random.pick(SEEDS));
  for (const entry of entries) builder.add(entry);
  const index = builder.build();
  expect(index.size).to.equal(entries.length);
  for (let host = 0; host < HOSTS_A_LIST; host++) {
    const referer = randomReferer(random, kind === 'one suffix' ? randomBrandHost(random) : randomHost(random));
    const expected = firstEntry(entries, referer)?.written;
    const found = index.find(referer);
    if (found !== expected) expect(found, JSON.stringify({ referer, entries })).to.equal(expected);
    verdicts.count(kind, found !== undefined);
  }
}

function randomList(random: Prng, kind: Kind | 'mixed' | 'paths' | 'one suffix'): RefererEntry[] {
  if (kind === 'paths') return randomPages(random);
  if (kind === 'one suffix') return randomBrands(random);
  const most = kind === 'any' ? 3 : random.pick([2, 6, 12, 30]);
  let position = 0;
  return random.list(1, most, () => {
    // One entry for any host would answer for the whole mixed list.
    const mixed = random.pick([...KINDS, 'name', 'wildcard', 'network'] as const);
    return randomEntry(random, kind === 'mixed' ? mixed : kind, position++);
  });
}
