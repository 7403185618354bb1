import { expect } from 'chai';
import { readJson } from '#refgate/manage/rest/read-json.js';

function read(text: string | Buffer): string {
  const result = readJson(Buffer.from(text as string));
  return 'problem' in result ? result.problem : JSON.stringify(result.value);
}

describe('a JSON body', () => {
  const good: [text: string, value: string][] = [
    ['{"a":[1,-0.5e3,true,null,"x"]}', '{"a":[1,-500,true,null,"x"]}'],
    ['\ufeff{}', '{}'],
    ['{\t"a"\r\n:\t{"a":{"a":1}}}', '{"a":{"a":{"a":1}}}'],
    ['[{"a":1},{"a":2}]', '[{"a":1},{"a":2}]'],
    ['{"a":"{\\"a\\":1,\\"a\\":2}","b":"\\\\"}', '{"a":"{\\"a\\":1,\\"a\\":2}","b":"\\\\"}'],
    ['"\\ud83d\\ude00"', '"😀"'],
    [`{"${'k'.repeat(2000)}":1}`, `{"${'k'.repeat(2000)}":1}`],
    ['{"__proto__":{"a":1},"constructor":2}', '{"__proto__":{"a":1},"constructor":2}'],
  ];
  for (const [text, value] of good) it(`is read: ${text.slice(0, 60)}`, () => expect(read(text)).to.equal(value));

  const bad: [text: string | Buffer, problem: RegExp][] = [
    ['', /^the body is empty/],
    ['{', /^the body is no JSON/],
    ["{'a':1}", /^the body is no JSON/],
    ['{a: 1}', /^the body is no JSON/],
    ['{"a":1,}', /^the body is no JSON/],
    ['{"a":1}{}', /^the body is no JSON/],
    ['policies: []', /^the body is no JSON/],
    ['{"a":NaN}', /^the body is no JSON/],
    [Buffer.from([0x22, 0xff, 0x22]), /^the body is not UTF-8$/],
    ['{"a":1,"a":2}', /^line 1, column 8: the key "a" is in this object twice$/],
    ['{"a":1,"\\u0061":2}', /^line 1, column 8: the key "a" is in this object twice$/],
    ['{"x":\n[{"b":{"c":1},"d":"}","b" : 2}]}', /^line 2, column 23: the key "b" is in this object twice$/],
    ['{"__proto__":1,"__proto__":2}', /the key "__proto__" is in this object twice$/],
    ['"\\ud800"', /half of a character/],
    ['{"a\\udc00":1}', /half of a character/],
    ['['.repeat(33) + ']'.repeat(33), /^nested too deeply; at most 32 levels/],
    ['['.repeat(500_000) + ']'.repeat(500_000), /^nested too deeply/],
    [`${'{"a":'.repeat(150_000)}1${'}'.repeat(150_000)}`, /^nested too deeply/],
  ];
  for (const [text, problem] of bad) {
    it(`is refused: ${JSON.stringify(String(text).slice(0, 60))}`, () => expect(read(text)).to.match(problem));
  }

  it('makes mappings without a prototype', () => {
    const result = readJson(Buffer.from('{"__proto__":{"polluted":1}}'));
    const value = 'value' in result ? (result.value as object) : {};
    expect(Object.getPrototypeOf(value)).to.equal(null);
    expect('polluted' in value).to.equal(false);
  });
});
