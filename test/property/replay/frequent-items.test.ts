import { expect } from 'chai';
import { FrequentItems } from '#refgate/replay/frequent-items.js';
import { type Prng, property } from '../../support/prng.js';

/** A stream of keys in which some come much more often than others, and many once. */
function* keys(random: Prng, length: number, distinct: number): Generator<string> {
  for (let at = 0; at < length; at++) {
    const key = random.chance(0.3) ? at : Math.floor(distinct ** random.fraction());
    yield `key ${key}`;
  }
}

function checkCounts(items: FrequentItems, exact: ReadonlyMap<string, number>): void {
  const found = new Map(items.top(Number.POSITIVE_INFINITY).map(({ key, count }) => [key, count]));
  expect(found.size).to.be.at.most(2 * items.capacity);
  for (const [key, truth] of exact) {
    const count = found.get(key);
    // What is left out was counted at most `error` times, and came up to `error` times more.
    const good = count === undefined ? truth <= 2 * items.error : count <= truth && count >= truth - items.error;
    if (!good) expect.fail(`${key}: ${count} for ${truth}, error ${items.error}, capacity ${items.capacity}`);
  }
}

describe('frequent items against exact counts', () => {
  it(
    'are never too high, never lower by more than the error, and none of the frequent is missing',
    property((random) => {
      let inexact = 0;
      for (let run = 0; run < 60; run++) {
        const capacity = random.integer(1, 50);
        const length = random.integer(0, 5000);
        const items = new FrequentItems(capacity);
        const exact = new Map<string, number>();
        for (const key of keys(random, length, random.integer(2, 500))) {
          items.add(key);
          exact.set(key, (exact.get(key) ?? 0) + 1);
        }
        if (items.error > 0) inexact++;
        expect(items.error).to.be.at.most(length / capacity);
        checkCounts(items, exact);
      }
      expect(inexact, 'runs with more keys than fit').to.be.above(20);
    }),
  );

  it('are exact while all keys fit, the most frequent first', () => {
    const items = new FrequentItems(3);
    for (const key of ['b', 'a', 'c', 'c', 'd', 'e', 'f']) items.add(key);
    expect(items.error).to.equal(0);
    expect(items.top(3)).to.deep.equal([
      { key: 'c', count: 2 },
      { key: 'a', count: 1 },
      { key: 'b', count: 1 },
    ]);
  });

  it('hold keys of bounded length', () => {
    const items = new FrequentItems(3);
    items.add('x'.repeat(100_000));
    items.add('x'.repeat(100_001));
    expect(items.top(1)).to.deep.equal([{ key: 'x'.repeat(256), count: 2 }]);
  });
});
