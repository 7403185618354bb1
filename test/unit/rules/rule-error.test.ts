import { expect } from 'chai';
import { compareRuleErrors, formatRuleError, type RuleError } from '#refgate/rules/rule-error.js';

const error: RuleError = { file: 'rules/a.yaml', line: 3, column: 5, path: 'policies[0].mode', message: 'wrong' };

describe('a rule error', () => {
  it('is one line that editors and terminals understand', () => {
    expect(formatRuleError(error)).to.equal('rules/a.yaml:3:5: policies[0].mode: wrong');
    expect(formatRuleError({ ...error, path: '' })).to.equal('rules/a.yaml:3:5: wrong');
    expect(formatRuleError({ ...error, file: 'a\nb\u2028.yaml' })).to.match(/^a\\u000ab\\u2028\.yaml:3:5: /);
  });

  it('is reported by file in byte order, then by place', () => {
    const at = (file: string, line: number, column: number): RuleError => ({ ...error, file, line, column });
    const sorted = [at('a/b', 1, 1), at('a.b', 2, 1), at('a.b', 1, 9), at('a.b', 1, 2), at('Z', 1, 1), at('é', 1, 1)];
    const order = sorted.sort(compareRuleErrors).map(({ file, line, column }) => `${file}:${line}:${column}`);
    expect(order).to.deep.equal(['Z:1:1', 'a.b:1:2', 'a.b:1:9', 'a.b:2:1', 'a/b:1:1', 'é:1:1']);
  });
});
