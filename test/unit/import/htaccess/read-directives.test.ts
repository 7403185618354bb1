import { expect } from 'chai';
import { readDirectives } from '#refgate/import/htaccess/read-directives.js';

describe('readDirectives', () => {
  it('reads words, quotes, comments and continued lines', () => {
    const text = [
      '# comment',
      '',
      '  RewriteCond "%{HTTP_REFERER}"  \'!^$\' [NC]\r',
      String.raw`RewriteRule a\ b "say \"no\"" \ `.trimEnd(),
      '  [F,L]',
      String.raw`SetEnvIf Referer ^http:\/\/a\.example ref`,
    ].join('\n');
    expect(readDirectives(text).map(({ name, args, line }) => [name, ...args, line])).to.deep.equal([
      ['rewritecond', '%{HTTP_REFERER}', '!^$', '[NC]', 3],
      ['rewriterule', 'a b', 'say "no"', '[F,L]', 4],
      ['setenvif', 'Referer', String.raw`^http:\/\/a\.example`, 'ref', 6],
    ]);
  });

  it('knows the containers around a directive, but those that only ask what Apache can do', () => {
    const text = '<IfModule mod_rewrite.c>\n<FilesMatch "\\.jpg$">\nOrder allow,deny\n</FilesMatch>\n</IfModule>\n';
    const [directive] = readDirectives(text);
    expect(directive?.containers.map(({ name, args, line }) => [name, ...args, line])).to.deep.equal([
      ['filesmatch', '\\.jpg$', 2],
    ]);
  });

  for (const [text, problem, line] of [
    ['<Files a>\n', '<files> is not closed', 1],
    ['a b\n</Files>', '</Files> closes nothing', 2],
    ['<Files a>\n</FilesMatch>', '</FilesMatch> closes <files>', 2],
    ['{"json": true}', 'expected a directive', 1],
    ['<a>\n'.repeat(65), 'nested more than 64', 65],
  ] as const) {
    it(`refuses ${JSON.stringify(text.slice(0, 20))}`, () => {
      expect(() => readDirectives(text))
        .to.throw(problem)
        .with.property('line', line);
    });
  }
});
