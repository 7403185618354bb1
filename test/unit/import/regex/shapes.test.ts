import { expect } from 'chai';
import { ANY, RUN, shapesOf, wordsOf } from '#refgate/import/regex/shapes.js';

/** Shapes as people write them: `*` for a run, `?` for one character. */
function readable(expression: string): string[] | undefined {
  return shapesOf(expression)?.map((shape) => shape.replaceAll(RUN, '*').replaceAll(ANY, '?'));
}

describe('shapesOf', () => {
  const cases: readonly (readonly [expression: string, shapes: readonly string[] | undefined])[] = [
    ['', ['*']],
    ['evil', ['*evil*']],
    ['^evil', ['evil*']],
    ['evil$', ['*evil']],
    ['^$', ['']],
    ['^', ['*']],
    ['.*', ['*']],
    ['^(.*)$', ['*']],
    ['^.+$', ['?*']],
    ['^a.*b$', ['a*b']],
    ['^a.*?b$', ['a*b']],
    [String.raw`^http://(www\.)?a\.example`, ['http://www.a.example*', 'http://a.example*']],
    ['^jpe?g$', ['jpeg', 'jpg']],
    ['^(?:a|b(c|d))$', ['a', 'bc', 'bd']],
    ['a|^b$', ['*a*', 'b']],
    ['^[.]x$', ['.x']],
    [String.raw`^\*\?$`, ['*?']],
    ['[ab]', ['*a*', '*b*']],
    ['^mp[34]$', ['mp3', 'mp4']],
    ['^(?<host>a|b)$', ['a', 'b']],
    ['[a-z]', undefined],
    ['[ab', undefined],
    ['(?<!a)', undefined],
    ['[^/]', undefined],
    [String.raw`\d`, undefined],
    [String.raw`a\b`, undefined],
    ['a+', undefined],
    ['a{2}', undefined],
    ['(a', undefined],
    ['a)', undefined],
    ['(?i)a', undefined],
    ['(?=a)', undefined],
    ['a^b', undefined],
    ['a$b', undefined],
    ['*', undefined],
    ['a\\', undefined],
    ['(((((((((((((((((((((((a', undefined],
    ['(a|b)'.repeat(7), undefined],
    ['a'.repeat(5000), undefined],
    [`^${RUN}`, undefined],
  ];
  for (const [expression, shapes] of cases) {
    it(`takes ${JSON.stringify(expression.slice(0, 40))} for ${JSON.stringify(shapes)}`, () => {
      expect(readable(expression)).to.deep.equal(shapes);
    });
  }
});

describe('wordsOf', () => {
  it('takes alternatives of whole words', () => {
    expect(wordsOf('GET|HEAD')).to.deep.equal(['GET', 'HEAD']);
    expect(wordsOf('GE.')).to.equal(undefined);
    expect(wordsOf('G.*')).to.equal(undefined);
  });
});
