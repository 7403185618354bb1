import { expect } from 'chai';
import { compilePathGlobs, compileTextGlobs } from '#refgate/match/glob-list.js';
import { TextIndexBuilder } from '#refgate/match/text-index-builder.js';

/** As long as an entry may be. */
const BYTES = 4096;

/** Pieces that fit nearly everywhere in a text of one character, and fail at their end. */
const WORST = [
  `${'a'.repeat(BYTES - 2)}b`,
  `${'a?'.repeat(BYTES / 2 - 1)}b`,
  `${'?a'.repeat(BYTES / 2 - 1)}b`,
  `${'?'.repeat(BYTES - 2)}b`,
  `${'aaaa*'.repeat(BYTES / 5 - 1)}b`,
];

const TEXT = 'a'.repeat(16_384);

/** The length of both multiplied, 70 million steps and 0.5 s each time, would be over the patience of the runner. */
const TIMES = 5;

describe('globs of 4,096 bytes of one repeated character', () => {
  for (const piece of WORST) {
    it(`as *${piece.slice(0, 12)}… take 16 KB of it in little time, in every place that takes globs`, () => {
      const entries = new TextIndexBuilder();
      entries.add(`*${piece}`);
      const index = entries.build();
      const values = compileTextGlobs([`*${piece}`], { ignoreCase: true });
      const paths = compilePathGlobs([`/**${piece}`, `/*${piece}`]);
      for (let time = 0; time < TIMES; time++) {
        expect(index.find(TEXT)).to.equal(undefined);
        expect(values.matches(TEXT)).to.equal(false);
        expect(paths.matches(`/${TEXT}`)).to.equal(false);
      }
    });

    it(`as *${piece.slice(0, 12)}… still find what they cover`, () => {
      const text = `${TEXT}b`;
      const entries = new TextIndexBuilder();
      entries.add(`*${piece}`);
      const index = entries.build();
      expect(index.find(`${text}/x`)).to.equal(`*${piece}`);
      expect(compileTextGlobs([`*${piece}`]).matches(text)).to.equal(true);
      expect(compilePathGlobs([`/**${piece}`]).matches(`/x/${text}`)).to.equal(true);
      expect(compilePathGlobs([`/*${piece}`]).matches(`/x/${text}`)).to.equal(false);
    });
  }

  it('count characters and not bytes', () => {
    const entries = new TextIndexBuilder();
    entries.add(`*${'é?'.repeat(600)}b`);
    const index = entries.build();
    expect(index.find(`${'é'.repeat(6000)}b`)).not.to.equal(undefined);
    expect(index.find(`${'é'.repeat(6000)}c`)).to.equal(undefined);
    expect(index.find(`${'é'.repeat(1199)}b`)).to.equal(undefined);
  });
});
