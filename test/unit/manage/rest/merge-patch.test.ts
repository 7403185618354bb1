import { expect } from 'chai';
import { mergePatch } from '#refgate/manage/rest/merge-patch.js';
import type { Plain } from '#refgate/rules/parse/syntax-tree.js';

/** RFC 7396, appendix A: original, patch, result. */
const examples: [string, string, string][] = [
  ['{"a":"b"}', '{"a":"c"}', '{"a":"c"}'],
  ['{"a":"b"}', '{"b":"c"}', '{"a":"b","b":"c"}'],
  ['{"a":"b"}', '{"a":null}', '{}'],
  ['{"a":"b","b":"c"}', '{"a":null}', '{"b":"c"}'],
  ['{"a":["b"]}', '{"a":"c"}', '{"a":"c"}'],
  ['{"a":"c"}', '{"a":["b"]}', '{"a":["b"]}'],
  ['{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a":{"b":"d"}}'],
  ['{"a":[{"b":"c"}]}', '{"a":[1]}', '{"a":[1]}'],
  ['["a","b"]', '["c","d"]', '["c","d"]'],
  ['{"a":"b"}', '["c"]', '["c"]'],
  ['{"a":"foo"}', 'null', 'null'],
  ['{"a":"foo"}', '"bar"', '"bar"'],
  ['{"e":null}', '{"a":1}', '{"e":null,"a":1}'],
  ['[1,2]', '{"a":"b","c":null}', '{"a":"b"}'],
  ['{}', '{"a":{"bb":{"ccc":null}}}', '{"a":{"bb":{}}}'],
];

describe('a JSON merge patch', () => {
  for (const [original, patch, result] of examples) {
    it(`makes ${result} of ${original} by ${patch}`, () => {
      const target: unknown = JSON.parse(original);
      expect(JSON.stringify(mergePatch(target, JSON.parse(patch) as Plain))).to.equal(result);
      expect(JSON.stringify(target)).to.equal(original);
    });
  }

  it('takes __proto__ for a key like any other', () => {
    const patch = JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}') as Plain;
    const merged = mergePatch({}, patch) as Record<string, unknown>;
    expect(Object.keys(merged)).to.deep.equal(['__proto__', 'constructor']);
    expect(Reflect.get({}, 'polluted')).to.equal(undefined);
    expect(merged['polluted']).to.equal(undefined);
  });
});
