import { expect } from 'chai';
import { checkRegex, compileRegex } from '#refgate/match/regex.js';

function finds(pattern: string, text: string, ignoreCase = true): boolean {
  const regex = compileRegex(pattern, { ignoreCase });
  if ('problem' in regex) throw new Error(regex.problem);
  return regex.matches(text);
}

function problem(pattern: string): string {
  const checked = checkRegex(pattern);
  return 'problem' in checked ? checked.problem : 'none';
}

describe('regular expressions', () => {
  it('find a match anywhere in the text', () => {
    expect(finds('\\.google\\.', 'www.google.com/')).to.equal(true);
    expect(finds('^google', 'www.google.com/')).to.equal(false);
    expect(finds('/$', 'www.google.com/')).to.equal(true);
  });

  it('ignore case where asked to, unless the pattern begins with (?-i)', () => {
    expect(finds('GOOGLE', 'google')).to.equal(true);
    expect(finds('GOOGLE', 'google', false)).to.equal(false);
    expect(finds('(?-i)GOOGLE', 'google')).to.equal(false);
    expect(finds('(?-i)GOOGLE', 'GOOGLE')).to.equal(true);
  });

  it('go on right when a text has led to more states than are kept', () => {
    const pattern = '(?:a|b)*a(?:a|b){14}c';
    const text = Array.from({ length: 60_000 }, (_, at) => ((at * at) % 7 < 3 ? 'a' : 'b')).join('');
    expect(finds(pattern, text)).to.equal(false);
    expect(finds(pattern, `${text}a${'b'.repeat(14)}c${text}`)).to.equal(true);
  });

  for (const [pattern, said] of [
    ['a(?!b)', /^invalid or unsupported Perl syntax "\(\?!" \(RE2\): there is no look-ahead and no look-behind/],
    ['(?=a)', /no look-ahead/],
    ['(?<=a)b', /no look-behind/],
    ['(?<!a)b', /no look-behind/],
    ['(a)\\1', /^invalid escape sequence "\\\\1" \(RE2\): there are no back-references/],
    ['(?P<n>a)(?P=n)', /no back-references/],
    ['(?>a)', /no atomic groups/],
    ['a++', /no atomic groups/],
    ['a{1001}', /counts are at most 1,000/],
    ['*\\.google\\.', /^missing argument to repetition operator "\*" \(RE2\): write \.\*/],
    ['(', /^missing closing \) "\(" \(RE2\)$/],
    ['[a', /^missing closing \] "\[a" \(RE2\)$/],
    ['a\\', /^trailing backslash at end of expression \(RE2\)$/],
    [`(${'ab'.repeat(600)}){1000}`, /^the repetitions make more than 5,000 steps of it: write smaller counts/],
  ] as const) {
    it(`refuse ${pattern.length > 40 ? 'a gigantic repetition' : pattern}`, () => {
      expect(problem(pattern)).to.match(said);
      expect(compileRegex(pattern, { ignoreCase: true })).to.deep.equal({ problem: problem(pattern) });
    });
  }
});
