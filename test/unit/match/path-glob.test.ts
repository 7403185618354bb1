import { expect } from 'chai';
import { compilePathGlobs } from '#refgate/match/glob-list.js';

const CASES: readonly { glob: string; yes: readonly string[]; no: readonly string[] }[] = [
  {
    glob: '/images/**',
    yes: ['/images/', '/images/a', '/images/a/b.jpg'],
    no: ['/images', '/imagesx', '/Images/a', '/x/images/a'],
  },
  {
    glob: '/video/*.mp4',
    yes: ['/video/a.mp4', '/video/.mp4'],
    no: ['/video/a/b.mp4', '/video/a.mp4x', '/video/a.MP4'],
  },
  { glob: '/**', yes: ['/', '/a', '/a/b'], no: [] },
  { glob: '**', yes: ['/', '/a/b'], no: [] },
  { glob: '/*', yes: ['/', '/a'], no: ['/a/', '/a/b'] },
  { glob: '/**/x.mp4', yes: ['/x.mp4', '/a/x.mp4', '/a/b/x.mp4'], no: ['/ax.mp4', '/x.mp4/', '/a/xx.mp4'] },
  { glob: '**/x.mp4', yes: ['/x.mp4', '/a/x.mp4'], no: ['/ax.mp4'] },
  { glob: '/a/**/b', yes: ['/a/b', '/a/x/b', '/a/x/y/b', '/a/b/b'], no: ['/ab', '/a/xb', '/a/b/c', '/a'] },
  { glob: '/a/**/**/b/**/c', yes: ['/a/b/c', '/a/x/b/y/z/c'], no: ['/a/c', '/a/bc'] },
  { glob: '/a/**/', yes: ['/a/', '/a/b/', '/a/b/c/'], no: ['/a', '/a/b'] },
  { glob: '/a**b', yes: ['/ab', '/axb', '/a/x/b', '/a/b'], no: ['/a', '/a/x', '/xab/'] },
  { glob: '/a/***/b', yes: ['/a/b', '/a/x/b'], no: ['/ab'] },
  { glob: '/**.mp4', yes: ['/a.mp4', '/a/b.mp4'], no: ['/a.mp4/b'] },
  { glob: '/?/b', yes: ['/a/b', '/ä/b', '/😀/b'], no: ['//b', '/aa/b'] },
  { glob: '/a?b', yes: ['/axb'], no: ['/a/b', '/ab'] },
  { glob: '/**a*b/c*d', yes: ['/ab/cd', '/x/aab/ccd', '/ab/x/ab/cd'], no: ['/ab/x/cd', '/a/b/cd', '/ab/c/d'] },
  { glob: '/a b', yes: ['/a b'], no: ['/a%20b'] },
];

describe('path globs', () => {
  for (const { glob, yes, no } of CASES) {
    it(`${glob} covers the whole of what it should and nothing else`, () => {
      const globs = compilePathGlobs([glob]);
      expect(yes.filter((path) => !globs.matches(path))).to.deep.equal([]);
      expect(no.filter((path) => globs.matches(path))).to.deep.equal([]);
    });
  }

  it('hold if one of them does', () => {
    expect(compilePathGlobs(['/a/**', '/b/**']).matches('/b/c')).to.equal(true);
    expect(compilePathGlobs([]).matches('/')).to.equal(false);
  });

  it('do not explode, and are not even quadratic in the path', () => {
    const paths = [`/${'a'.repeat(16_000)}`, `/${'a/'.repeat(8000)}`, `/${'a'.repeat(8000)}b/${'c'.repeat(8000)}`];
    const globs = compilePathGlobs(['/**a*b', '/**a*b/c*d', '/**/a/**/b', `/${'**/a*'.repeat(20)}b`, '/**a**a**a**b']);
    for (const path of paths) for (let again = 0; again < 50; again++) expect(globs.matches(path)).to.equal(false);
  });
});
