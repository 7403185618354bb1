import { expect } from 'chai';
import type { Audit } from '#refgate/manage/audit.js';
import { type AuditLine, createAudit } from '#refgate/manage/create-audit.js';
import type { PolicySource } from '#refgate/rules/validate/schema.js';

const by = { actor: 'AKSHOP', action: 'PutBucketReferer', client: '192.0.2.1' };

function policy(referer: PolicySource['referer'], more: Partial<PolicySource> = {}): PolicySource {
  return { name: 'shop', match: { hosts: ['img.shop.example'] }, referer, ...more };
}

function linesOf(before: PolicySource | undefined, after: PolicySource | undefined): AuditLine {
  const lines: AuditLine[] = [];
  auditInto(lines).changed(by, [{ policy: 'shop', before, after }], 7);
  expect(lines).to.have.length(1);
  return lines[0] as AuditLine;
}

function auditInto(lines: AuditLine[], admitStranger = (_client: string) => true): Audit {
  return createAudit((line) => lines.push(line), admitStranger);
}

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
const entries = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, at) => `host-${from + at}.example`);

describe('the audit', () => {
  it('tells who changed what', () => {
    const before = policy({ allow: ['a.example', 'b.example'], empty: 'deny' });
    const after = policy({ allow: ['b.example', 'c.example', 'd.example'], empty: 'allow' });
    expect(linesOf(before, after)).to.deep.equal({
      ...by,
      result: 'applied',
      policy: 'shop',
      generation: 7,
      before: { 'referer.empty': 'deny', 'referer.allow': { entries: 2, removed: ['a.example'] } },
      after: { 'referer.empty': 'allow', 'referer.allow': { entries: 3, added: ['c.example', 'd.example'] } },
    });
  });

  it('tells of a policy that is new, and of one that is removed', () => {
    const only = policy({ dialect: 'oss', deny: ['x'] });
    const side = {
      name: 'shop',
      'match.hosts': { entries: 1 },
      'referer.dialect': 'oss',
      'referer.deny': { entries: 1 },
    };
    const created = linesOf(undefined, only);
    expect(created).to.include({ before: null }).and.to.have.property('after').that.has.all.keys(Object.keys(side));
    expect(linesOf(only, undefined)).to.include({ after: null });
  });

  it('tells the size of a list that stays, and of a new order that nothing was added', () => {
    expect(linesOf(policy({ allow: ['a', 'b'], empty: 'deny' }), policy({ allow: ['a', 'b'] }))).to.deep.include({
      before: { 'referer.allow': { entries: 2 }, 'referer.empty': 'deny' },
      after: { 'referer.allow': { entries: 2 } },
    });
    expect(linesOf(policy({ allow: ['a', 'b'] }), policy({ allow: ['b', 'a'] }))).to.deep.include({
      before: { 'referer.allow': { entries: 2 } },
      after: { 'referer.allow': { entries: 2 } },
    });
  });

  it('tells entries that are no texts', () => {
    const line = linesOf(policy({ allow: [] }), policy({ allow: [{ preset: 'search-engines' }] }));
    expect(line).to.deep.include({ after: { 'referer.allow': { entries: 1, added: [{ preset: 'search-engines' }] } } });
  });

  it('never tells more than 4 KiB of each side, and how much it leaves out', () => {
    const [before, after] = [policy({ allow: entries(0, 9_000) }), policy({ allow: entries(5_000, 20_000) })];
    const line = linesOf(before, after);
    if (line.result !== 'applied') throw new Error('applied');
    expect(bytesOf(line.before)).to.be.within(3_000, 4_096);
    expect(bytesOf(line.after)).to.be.within(3_000, 4_096);
    const { 'referer.allow': list } = line.after as Record<
      string,
      { entries: number; added: string[]; addedNotShown: number }
    >;
    expect(list?.entries).to.equal(15_000);
    expect(Number(list?.added.length) + Number(list?.addedNotShown)).to.equal(11_000);
  });

  for (const [what, text] of [
    ['long', 'x'.repeat(100_000)],
    ['of many bytes each', '\u{1f600}'.repeat(50_000)],
    ['of control characters', '\u0001'.repeat(50_000)],
  ] as const) {
    it(`keeps to that where texts are ${what}`, () => {
      const keys = Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`h${at}-${text.slice(0, 300)}`, text]));
      const after = policy(
        { allow: [text, ...Array.from({ length: 50 }, (_, at) => `${at}${text}`)], deny: [text] },
        { description: text, match: { headers: keys } },
      );
      const line = linesOf(undefined, after);
      expect(bytesOf(line.result === 'applied' && line.after)).to.be.at.most(4_096);
    });
  }

  it('tells of a change that was refused what it was about, by what code and why', () => {
    const lines: AuditLine[] = [];
    const audit = auditInto(lines);
    const denied = { target: 'shop-images', code: 'AccessDenied', detail: 'readOnly' };
    audit.refused({ ...by, requestId: '0A' }, { policy: 'shop', ...denied });
    audit.refused({ ...by, actor: undefined }, { policy: undefined, code: 'no_token', detail: 'send one' });
    expect(lines).to.deep.equal([
      { ...by, requestId: '0A', result: 'refused', policy: 'shop', ...denied },
      { ...by, actor: null, result: 'refused', policy: null, code: 'no_token', detail: 'send one' },
    ]);
  });

  it('tells the request of a change that holds', () => {
    const lines: AuditLine[] = [];
    const change = { policy: 'shop', before: undefined, after: policy({}) };
    auditInto(lines).changed({ ...by, requestId: '0A' }, [change], 7);
    expect(lines[0]).to.include({ ...by, requestId: '0A', result: 'applied' });
  });

  it('stops writing of calls that name nobody when their address has made too many', () => {
    const lines: AuditLine[] = [];
    const audit = auditInto(lines, (client) => client !== by.client);
    const refusal = { policy: undefined, code: 'AccessDenied', detail: 'no signature' };
    audit.refused({ ...by, actor: undefined }, refusal);
    audit.refused({ ...by, actor: undefined, client: '192.0.2.2' }, refusal);
    audit.refused(by, refusal);
    expect(lines.map(({ actor, client }) => [actor, client])).to.deep.equal([
      [null, '192.0.2.2'],
      ['AKSHOP', '192.0.2.1'],
    ]);
  });

  it('cuts what a call claims of itself, and what it was told', () => {
    const lines: AuditLine[] = [];
    const [actor, long] = ['x'.repeat(100_000), 'y'.repeat(9_999)];
    const refusal = { policy: long, target: long, code: 'C', detail: long };
    auditInto(lines).refused({ ...by, actor }, refusal);
    expect(lines[0]).to.have.property('detail', `${long.slice(0, 1023)}…`);
    expect(bytesOf(lines)).to.be.below(2_048);
  });
});
