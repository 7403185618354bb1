import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { PolicyChange } from '#refgate/manage/policies/managed-policies.js';
import { manageRules, put, remove } from '../../../support/managed-rules.js';
import { RulesDir } from '../../../support/rules-dir.js';

describe('managed policies', () => {
  let dir: RulesDir;
  beforeEach(() => {
    dir = new RulesDir();
  });
  afterEach(() => dir.dispose());

  it('are put, read, listed and removed', async () => {
    const { policies, store } = await manageRules(dir.path);
    const shop = { name: 'shop', referer: { allow: ['a.example'] } };
    expect(await policies.read('shop')).to.deep.equal({ kind: 'absent' });
    expect(await policies.change(put(shop))).to.deep.equal({
      kind: 'changed',
      generation: 2,
      changes: [{ policy: 'shop', before: undefined, after: shop }],
    });
    expect(readFileSync(dir.at('managed/shop.yaml'), 'utf8')).to.equal(
      'policies:\n  - name: shop\n    referer:\n      allow:\n        - a.example\n',
    );
    expect(store.current?.byName.has('shop')).to.equal(true);
    expect(await policies.read('shop')).to.deep.equal({ kind: 'found', policy: shop, generation: 2 });
    expect(await policies.list()).to.deep.equal({ kind: 'found', policies: [shop], generation: 2 });
    expect(await policies.change(remove('shop'))).to.deep.equal({
      kind: 'changed',
      generation: 3,
      changes: [{ policy: 'shop', before: shop, after: undefined }],
    });
    expect(readdirSync(dir.at('managed'))).to.deep.equal([]);
    expect(existsSync(dir.at('managed'))).to.equal(true);
  });

  it('keep every update of 100 writers', async () => {
    const { policies } = await manageRules(dir.path);
    const add = (entry: string): PolicyChange<never> => ({
      names: ['shop'],
      edit: (current) => {
        const allow = [...(current.get('shop')?.referer.allow ?? []), entry];
        return { next: new Map([['shop', { name: 'shop', referer: { allow } }]]) };
      },
    });
    const entries = Array.from({ length: 100 }, (_, i) => `w${i}.example`);
    const outcomes = await Promise.all(entries.map((entry) => policies.change(add(entry))));
    expect(outcomes.every(({ kind }) => kind === 'changed')).to.equal(true);
    const read = await policies.read('shop');
    expect(read.kind === 'found' && read.policy.referer.allow).to.have.members(entries);
  });
});
