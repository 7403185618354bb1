import { expect } from 'chai';
import type { PolicyRead } from '#refgate/manage/policies/managed-policies.js';
import { hostsThatDiffer, hostsThatDifferAfter } from '#refgate/manage/settings/hosts-that-differ.js';
import { manageSettings } from '../../../support/manage-settings.js';

const settings = manageSettings({ buckets: { shop: ['a.example', 'b.example'] } });

function differing(hosts: string[] | undefined): Promise<unknown> {
  const policy = { name: 'shop', ...(hosts && { match: { hosts } }), referer: {} };
  const read: PolicyRead = { kind: 'found', policy, generation: 1 };
  return hostsThatDiffer(settings, { read: async () => read });
}

describe('hostsThatDiffer', () => {
  it('tells of other hosts, of fewer and of none', async () => {
    for (const file of [['a.example', 'c.example'], ['a.example'], undefined]) {
      expect(await differing(file)).to.deep.equal([{ policy: 'shop', settings: ['a.example', 'b.example'], file }]);
    }
  });

  it('does not mind their order', async () => {
    expect(await differing(['b.example', 'a.example'])).to.deep.equal([]);
  });

  it('tells the same of a change, by what it leaves', () => {
    const other = { name: 'shop', match: { hosts: ['a.example'] }, referer: {} };
    const same = { name: 'shop', match: { hosts: ['a.example', 'b.example'] }, referer: {} };
    const difference = { policy: 'shop', settings: ['a.example', 'b.example'], file: ['a.example'] };
    const differingAfter = (policy: string, next: typeof other | undefined) =>
      hostsThatDifferAfter(settings, [{ policy, before: same, after: next }]);
    expect(differingAfter('shop', other)).to.deep.equal([difference]);
    expect(differingAfter('shop', same)).to.deep.equal([]);
    expect(differingAfter('shop', undefined)).to.deep.equal([]);
    expect(differingAfter('of-nobody', other)).to.deep.equal([]);
  });
});
