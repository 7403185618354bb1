import { expect } from 'chai';
import type { Directive } from '#refgate/import/nginx/directive.js';
import { parseFile } from '#refgate/import/nginx/parse-file.js';

/** A tree as nested lists of words, or the problem with its line. */
function parsed(text: string): unknown {
  const result = parseFile({ file: 'nginx.conf', text });
  return 'problem' in result ? `${result.line}: ${result.problem}` : result.map(wordsOf);
}

function wordsOf({ name, args, block }: Directive): unknown[] {
  return block === undefined ? [name, ...args] : [name, ...args, block.map(wordsOf)];
}

describe('the parser of nginx configurations', () => {
  const same: readonly (readonly [what: string, text: string, tree: unknown])[] = [
    ['words and blocks', 'http { server { listen 80; } }', [['http', [['server', [['listen', '80']]]]]]],
    ['no white space where none is needed', 'a{b c;}', [['a', [['b', 'c']]]]],
    [
      'comments',
      '# x;\na b; # }\nc#d e#;',
      [
        ['a', 'b'],
        ['c#d', 'e#'],
      ],
    ],
    ['quotes, which a word begins with', `a "b c" 'd;e' f"g" "";`, [['a', 'b c', 'd;e', 'f"g"', '']]],
    ['escapes', String.raw`a "\"\\\t" \. b\ c \{ \;;`, [['a', '"\\\t', '\\.', 'b\\ c', '\\{', '\\;']]],
    [
      'variables in braces',
      `set $a $\{b}c x$\{d}; if ($e) {}`,
      [
        ['set', '$a', `$\{b}c`, `x$\{d}`],
        ['if', '($e)', []],
      ],
    ],
    ['a parenthesis behind a quote', 'if ($a = "b") { c; }', [['if', '($a', '=', 'b', ')', [['c']]]]],
    ['line breaks of every kind', 'a\r\n  b\n\tc;\r\n', [['a', 'b', 'c']]],
    [
      'Lua',
      'content_by_lua_block { x = "}" -- }\n y = [==[ } ]] ]==] z = { {} } --[[ } ]] }\na b;',
      [
        ['content_by_lua_block', ' x = "}" -- }\n y = [==[ } ]] ]==] z = { {} } --[[ } ]] '],
        ['a', 'b'],
      ],
    ],
    ['nothing', '', []],
  ];
  for (const [what, text, tree] of same) {
    it(`reads ${what}`, () => {
      expect(parsed(text)).to.deep.equal(tree);
    });
  }

  const problems: readonly (readonly [text: string, problem: string])[] = [
    ['a;\nb', '2: the file ends where ";" or "{" is expected'],
    ['a {\nb;\n', '3: the file ends within the block of "a", which begins in line 1'],
    ['a;\n}', '2: unexpected "}": no block is open'],
    ['a { b }', '1: unexpected "}"; is a ";" missing before it?'],
    ['a;;', '1: unexpected ";"'],
    ['{}', '1: unexpected "{"'],
    ['a "b\nc;', '1: the " that begins here is never closed'],
    // A brace ends a word without quotes, so the quantifier opens a block.
    ['location ~ x{2} {}', '1: the file ends within the block of "location", which begins in line 1'],
    ['a "b"c;', '1: unexpected "c" after a closing quote'],
    ['access_by_lua_block { "', '1: the Lua of "access_by_lua_block" never ends'],
    ['a {'.repeat(101), '1: more than 100 blocks inside each other'],
  ];
  for (const [text, problem] of problems) {
    it(`refuses ${JSON.stringify(text.slice(0, 30))}`, () => {
      expect(parsed(text)).to.equal(problem);
    });
  }

  it('names the line that a directive begins in', () => {
    const result = parseFile({ file: 'nginx.conf', text: '\n# c\nserver\n{\n  valid_referers none\n    x;\n}' });
    if ('problem' in result) throw new Error(result.problem);
    expect(result[0]?.line).to.equal(3);
    expect(result[0]?.block?.[0]).to.include({ file: 'nginx.conf', line: 5 });
  });
});
