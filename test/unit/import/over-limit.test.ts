import { expect } from 'chai';
import type { ImportedPolicy } from '#refgate/import/imported.js';
import { overLimit } from '#refgate/import/over-limit.js';

function policies(count: number, allow: string[] = []): ImportedPolicy[] {
  return Array.from({ length: count }, () => ({ policy: { name: 'a', referer: { allow } }, comments: [] }));
}

describe('overLimit', () => {
  it('says nothing of what a rule file may hold', () => {
    expect(overLimit({ policies: policies(10, ['shop.example', '~^shop']), losses: [] })).to.equal(undefined);
  });

  it('tells of too many policies and entries, all lists together', () => {
    expect(overLimit({ policies: policies(100_001), losses: [] })).to.contain('100,000 policies');
    const entries = Array.from({ length: 50_001 }, (_, number) => `a${number}.example`);
    expect(overLimit({ policies: policies(2, entries), losses: [] })).to.contain('100,000 entries');
  });

  it('tells of expressions that take too many steps together', () => {
    const costly = Array.from({ length: 300 }, () => '~(?:abcd){900}');
    expect(overLimit({ policies: policies(1, costly), losses: [] })).to.contain('300 expressions');
  });
});
