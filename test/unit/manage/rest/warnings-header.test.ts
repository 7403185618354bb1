import { expect } from 'chai';
import { warningsHeader } from '#refgate/manage/rest/warnings-header.js';
import type { RuleWarning } from '#refgate/rules/rule-error.js';

const warning = (message: string): RuleWarning => ({
  file: 'rules/managed/a.yaml',
  line: 2,
  column: 3,
  path: 'policies[0]',
  code: 'open-ended-entry',
  message,
});

function told(...messages: string[]): { count: number; warnings: { message: string }[] } {
  const header = warningsHeader(messages.map(warning), 'rules')['x-refgate-warnings'] ?? '';
  expect(header).to.match(/^[\x20-\x7e]{1,2200}$/);
  return JSON.parse(header) as ReturnType<typeof told>;
}

describe('the header of the warnings of a change', () => {
  it('is none where there are no warnings', () => {
    expect(warningsHeader([], 'rules')).to.deep.equal({});
  });

  it('tells the file below the rule directory, the key and the words', () => {
    const place = { code: 'open-ended-entry', file: 'managed/a.yaml', path: 'policies[0]' };
    expect(told('no "a"\n')).to.deep.equal({ count: 1, warnings: [{ ...place, message: 'no "a"\n' }] });
  });

  it('is ASCII, whatever is in an entry', () => {
    expect(told('日本 😀 ÿ').warnings[0]).to.include({ message: '日本 😀 ÿ' });
  });

  it('counts those that it has no room for', () => {
    const { count, warnings } = told(...Array.from({ length: 100 }, (_, index) => `${index}: ${'x'.repeat(300)}`));
    expect(count).to.equal(100);
    expect(warnings.map(({ message }) => message.split(':')[0])).to.deep.equal(['0', '1', '2', '3', '4']);
    expect(told('x'.repeat(5_000))).to.deep.equal({ count: 1, warnings: [] });
  });
});
