import { expect } from 'chai';
import { compilePathGlob, compileTextGlob } from '#refgate/match/compile-glob.js';
import { matchesGlob } from '#refgate/match/glob.js';
import { compilePathGlobs, compileTextGlobs } from '#refgate/match/glob-list.js';
import { GlobMachine } from '#refgate/match/glob-machine.js';
import { pathGlobCovers, textGlobCovers } from '../../support/oracle-globs.js';
import { PATIENCE, property } from '../../support/prng.js';
import { Verdicts } from './verdicts.js';

const PAIRS = 40_000;

describe('globs against the oracle', () => {
  it(
    `cover the same texts, for ${PAIRS} pairs`,
    property((random) => {
      const verdicts = new Verdicts();
      for (let pair = 0; pair < PAIRS; pair++) {
        const glob = random.list(0, 6, () => random.pick(['*', '*', '?', 'a', 'b', '😀'])).join('');
        const text = random.list(0, 7, () => random.pick(['a', 'a', 'b', '/', '😀'])).join('');
        const covers = compileTextGlobs([glob]).matches(text);
        const expected = textGlobCovers(glob, text);
        if (covers !== expected) expect(covers, JSON.stringify({ glob, text })).to.equal(expected);
        verdicts.count('text', covers);
      }
      verdicts.expectBothOften(['text']);
    }),
  ).timeout(PATIENCE);

  it(
    `cover the same paths, for ${PAIRS} pairs`,
    property((random) => {
      const verdicts = new Verdicts();
      for (let pair = 0; pair < PAIRS; pair++) {
        const parts = ['*', '*', '**', '/**', '/**/', '?', 'a', 'a', 'b', '/', '/'];
        const glob = `/${random.list(0, 6, () => random.pick(parts)).join('')}`.replaceAll(/\*{3,}/g, '**');
        const path = `/${random.list(0, 9, () => random.pick(['a', 'a', 'b', '/'])).join('')}`.replaceAll(/\/+/g, '/');
        const covers = compilePathGlobs([glob]).matches(path);
        const expected = pathGlobCovers(glob, path);
        if (covers !== expected) expect(covers, JSON.stringify({ glob, path })).to.equal(expected);
        verdicts.count('path', covers);
      }
      verdicts.expectBothOften(['path']);
    }),
  ).timeout(PATIENCE);

  it(
    `are the same to the machine for long ones, for ${PAIRS} pairs`,
    property((random) => {
      const verdicts = new Verdicts();
      const parts = ['a', 'b', '/', 'ab'.repeat(15), 'a'.repeat(31), 'a'.repeat(32), 'a/'.repeat(17)];
      for (let pair = 0; pair < PAIRS; pair++) {
        const wild = random.pick([
          ['*', '?'],
          ['*', '?', '**', '/**/'],
        ]);
        const written = random.list(0, 7, () => random.pick([...parts, ...wild, ...wild, '😀'])).join('');
        const text = written.replace(/\*+|\?/g, () => random.list(0, 2, () => random.pick([...parts, '😀'])).join(''));
        const glob = wild.length > 2 ? compilePathGlob(written) : compileTextGlob(written);
        const covers = new GlobMachine(glob).covers(text, false);
        const expected = matchesGlob({ ...glob, machine: undefined }, text, 0, text.length);
        if (covers !== expected) expect(covers, JSON.stringify({ written, text })).to.equal(expected);
        verdicts.count('machine', covers);
      }
      verdicts.expectBothOften(['machine']);
    }),
  ).timeout(PATIENCE);
});
