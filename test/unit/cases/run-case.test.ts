import { join } from 'node:path';
import { expect } from 'chai';
import { loadCases } from '#refgate/cases/load-cases.js';
import { type CaseResult, runCase } from '#refgate/cases/run-case.js';
import { createSnapshot } from '#refgate/decide/snapshot.js';
import { loadFiles, useFolder } from '../../support/loaded-folder.js';
import { writeFiles } from '../../support/rules-dir.js';

const rules = `policies:
  - name: shop
    match: { hosts: [cdn.example] }
    referer: { allow: [shop.example] }
    onDeny: { redirect: "https://shop.example/no.png" }
  - name: tried
    mode: shadow
    match: { hosts: [new.example] }
    referer: { allow: [shop.example] }
`;

describe('running a case', () => {
  const folder = useFolder();

  async function run(request: string, expected: string): Promise<CaseResult> {
    const { result } = await loadFiles(folder(), { 'rules/a.yaml': rules });
    if (!result.ok) throw new Error('the rules do not load');
    writeFiles(folder(), { 'c.yaml': `cases: [{ name: a, request: ${request}, expect: ${expected} }]\n` });
    const loaded = await loadCases([join(folder(), 'c.yaml')]);
    if (!loaded.ok) throw new Error(loaded.errors.map(({ message }) => message).join('\n'));
    const settings = { generation: 1, defaultAction: 'allow', shadow: false, cacheEntries: 0 } as const;
    const [first] = loaded.cases;
    if (first === undefined) throw new Error('no case');
    return runCase(createSnapshot(result.rules, settings), first);
  }

  const leech = '{ url: "https://cdn.example/a", referer: "http://leech.example/" }';
  const shop = '{ url: "https://cdn.example/a", referer: "http://shop.example/" }';
  const tried = '{ url: "https://new.example/a", referer: "http://leech.example/" }';
  const uncovered = '{ url: "https://other.example/a" }';

  const asExpected: [request: string, expected: string][] = [
    [leech, '{ decision: deny }'],
    [
      leech,
      '{ decision: deny, reason: not_in_allow_list, policy: shop, status: 302, location: "https://shop.example/no.png" }',
    ],
    [shop, '{ decision: allow, reason: allow_list, policy: shop, status: 200, location: null }'],
    [uncovered, '{ decision: allow, reason: no_policy, policy: null }'],
    [uncovered, '{ decision: allow, policy: "" }'],
    [tried, '{ decision: deny, reason: not_in_allow_list, status: 200, location: null }'],
    ['{ url: "https://cdn.example/a", policy: none }', '{ decision: deny, reason: unknown_policy, policy: null }'],
  ];
  for (const [request, expected] of asExpected) {
    it(`finds ${expected} for ${request}`, async () => {
      expect((await run(request, expected)).differences).to.deep.equal([]);
    });
  }

  it('tells every key that is otherwise, with both values', async () => {
    const { differences, got } = await run(
      leech,
      '{ decision: allow, reason: self, policy: null, status: 200, location: null }',
    );
    expect(differences).to.deep.equal([
      { key: 'decision', expected: 'allow', got: 'deny' },
      { key: 'reason', expected: 'self', got: 'not_in_allow_list' },
      { key: 'policy', expected: null, got: 'shop' },
      { key: 'status', expected: 200, got: 302 },
      { key: 'location', expected: null, got: 'https://shop.example/no.png' },
    ]);
    expect(got).to.include({ step: 7, refererHost: 'leech.example' });
  });

  it('sees a location that is missing, and a status that shadow mode hides', async () => {
    const { differences } = await run(tried, '{ decision: deny, status: 403, location: "https://a.example/" }');
    expect(differences).to.deep.equal([
      { key: 'status', expected: 403, got: 200 },
      { key: 'location', expected: 'https://a.example/', got: null },
    ]);
  });
});
