import { expect } from 'chai';
import type { RefererEntry } from '#refgate/model/entry.js';
import { EntryCover, entryCovers } from '#refgate/rules/lint/entry-cover.js';
import { firstEntry } from '../../support/oracle-entries.js';
import { PATIENCE, type Prng, property } from '../../support/prng.js';
import { type Kind, randomEntry, randomHost, randomReferer } from '../match/random-entries.js';

const LISTS = 2_000;
const REFERERS = 40;
const KINDS: readonly Kind[] = ['any', 'name', 'name', 'name', 'network', 'wildcard'];

describe('entries that cover others', () => {
  it(
    `leave nothing to them, in ${LISTS} lists`,
    property(async (random) => {
      let asked = 0;
      for (let list = 0; list < LISTS; list++) asked += await checkList(random, randomList(random));
      // Not vacuous: covers are found, and Referers meet what they cover.
      expect(asked).to.be.above(LISTS / 10);
    }),
  ).timeout(PATIENCE);

  it(
    'are found by the index as by comparing each with each, in lists that it compares whole',
    property(async (random) => {
      let found = 0;
      for (let list = 0; list < LISTS; list++) {
        const entries = randomList(random);
        const cover = new EntryCover(entries.map((entry, position) => ({ entry, position })));
        for (const inner of entries) {
          const indexed = cover.find(inner, (other) => other.entry !== inner);
          const compared = entries.find((outer) => outer !== inner && entryCovers(outer, inner));
          // The first of those that say the same stands for all of them, and may be the entry itself.
          const isSameAgain = compared !== undefined && entryCovers(inner, compared);
          if ((indexed !== undefined) !== (compared !== undefined) && !isSameAgain) {
            expect.fail(JSON.stringify({ inner, indexed, compared, entries }));
          }
          if (indexed !== undefined) found += 1;
        }
      }
      expect(found).to.be.above(LISTS / 10);
    }),
  ).timeout(PATIENCE);
});

function randomList(random: Prng): RefererEntry[] {
  let position = 0;
  return random.list(2, 8, () => randomEntry(random, random.pick(KINDS), position++)).filter(canBeWritten);
}

/** What is read from a file is never an IPv4-mapped block: it has become the IPv4 block. */
function canBeWritten({ host }: RefererEntry): boolean {
  return host.kind !== 'network' || host.address.length === 4 || host.address[10] !== 0xff;
}

/** Returns how many Referers showed that what covers an entry matches whatever the entry matches. */
async function checkList(random: Prng, entries: readonly RefererEntry[]): Promise<number> {
  const cover = new EntryCover(entries.map((entry, position) => ({ entry, position })));
  let asked = 0;
  for (const inner of entries) {
    const outer = cover.find(inner, (other) => other.entry !== inner);
    if (outer === undefined) continue;
    for (let count = 0; count < REFERERS; count++) {
      const referer = randomReferer(random, randomHost(random));
      if (firstEntry([inner], referer) === undefined) continue;
      asked += 1;
      if (firstEntry([outer.entry], referer) === undefined) {
        expect.fail(JSON.stringify({ inner, outer: outer.entry, referer }));
      }
    }
  }
  return asked;
}
