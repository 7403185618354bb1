import { expect } from 'chai';
import { compileTextGlobs } from '#refgate/match/glob-list.js';

const CASES: readonly { glob: string; yes: readonly string[]; no: readonly string[] }[] = [
  { glob: 'gold-*', yes: ['gold-', 'gold-1'], no: ['gold', 'a gold-1', 'Gold-1'] },
  { glob: '*Googlebot*', yes: ['Googlebot', 'x Googlebot/2.1 (a/b)'], no: ['googlebot', 'Google bot'] },
  { glob: '*', yes: ['', 'a', 'a/b\n'], no: [] },
  { glob: '', yes: [''], no: ['a'] },
  { glob: 'a?c', yes: ['abc', 'a/c', 'a😀c'], no: ['ac', 'abbc'] },
  { glob: '??', yes: ['ab', '😀😀'], no: ['a', 'abc', '😀'] },
  { glob: 'a**b', yes: ['ab', 'axb'], no: ['a'] },
  { glob: '*a?b*b', yes: ['aabb', 'axbxb', 'aaxbb'], no: ['axb', 'ab b'] },
  { glob: 'a.b[c]', yes: ['a.b[c]'], no: ['axbc'] },
];

describe('text globs', () => {
  for (const { glob, yes, no } of CASES) {
    it(`"${glob}" covers the whole of what it should and nothing else`, () => {
      const globs = compileTextGlobs([glob]);
      expect(yes.filter((text) => !globs.matches(text))).to.deep.equal([]);
      expect(no.filter((text) => globs.matches(text))).to.deep.equal([]);
    });
  }

  it('ignore case where they are told to', () => {
    const globs = compileTextGlobs(['*GoogleBot*'], { ignoreCase: true });
    expect(globs.matches('a googlebot')).to.equal(true);
    expect(globs.matches('A GOOGLEBOT')).to.equal(true);
  });

  it('hold if one of them does, and not if there is none', () => {
    expect(compileTextGlobs(['a', 'b']).matches('b')).to.equal(true);
    expect(compileTextGlobs([]).matches('')).to.equal(false);
  });

  it('do not explode', () => {
    expect(compileTextGlobs([`${'*a'.repeat(50)}*b`]).matches('a'.repeat(16_000))).to.equal(false);
  });
});
