import { expect } from 'chai';
import { EntryIndexBuilder } from '#refgate/match/entry-index-builder.js';
import { type HashSeed, hashStep, randomHashSeed } from '#refgate/match/hash-seed.js';
import { host } from './entries.js';

const NAMES = 300;
/** What a table of so many names has, at most half of them taken. */
const SLOTS = 1024;

describe('a list written to collide', () => {
  const known = randomHashSeed();
  const names = collidingNames(known);

  it('fills one row of slots of a table whose seed was known', () => {
    expect(longestRow(known)).to.be.at.least(NAMES);
  });

  it('is as good as any other for the seeds that nobody knew', () => {
    for (let round = 0; round < 100; round++) expect(longestRow(randomHashSeed())).to.be.lessThan(NAMES / 4);
  });

  /** How many slots in a row are taken, and so how many a look-up may have to go through. */
  function longestRow(seed: HashSeed): number {
    const builder = new EntryIndexBuilder(seed);
    for (const name of names) builder.add(host(name));
    const { slots } = builder.buildData().names;
    expect(slots).to.have.length(2 * SLOTS);
    let longest = 0;
    let row = 0;
    for (let slot = 1; slot < 2 * slots.length; slot += 2) {
      row = slots[slot % slots.length] === 0 ? 0 : row + 1;
      longest = Math.max(longest, row);
    }
    return longest;
  }
});

/** Names whose hashes lead to the same slot, as somebody finds them who knows the seed. */
function collidingNames({ start, multiplier }: HashSeed): string[] {
  const names: string[] = [];
  for (let number = 0; names.length < NAMES; number++) {
    const name = `n${number.toString(36)}.example`;
    let hash = start;
    for (let at = name.length - 1; at >= 0; at--) hash = hashStep(hash, name.charCodeAt(at), multiplier);
    if ((hash & (SLOTS - 1)) === 0) names.push(name);
  }
  return names;
}
