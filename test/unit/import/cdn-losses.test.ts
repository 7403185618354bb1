import { expect } from 'chai';
import type { ImportFormatName } from '#refgate/import/formats.js';
import type { Imported } from '#refgate/import/imported.js';
import { tryImport } from '../../support/import-fixtures.js';

async function imported(format: ImportFormatName, value: unknown): Promise<Imported> {
  const result = await tryImport(format, JSON.stringify(value));
  if ('problem' in result) throw new Error(result.problem);
  return result;
}

function whiteList(args: Readonly<Record<string, string>>, more: object = {}): unknown {
  const functionArgs = Object.entries(args).map(([argName, argValue]) => ({ argName, argValue }));
  return [{ functionName: 'referer_white_list_set', functionArgs, ...more }];
}

/** Configurations that lose something, and whether that changes decisions. */
const cases: readonly (readonly [title: string, ImportFormatName, value: unknown, said: RegExp, changes: boolean])[] = [
  ['a bad entry', 'cdn', whiteList({ refer_domain_allow_list: 'a b' }), /^entry "a b"/, true],
  ['a list without entries', 'cdn', whiteList({}), /has no refer_domain_allow_list/, true],
  ['an unknown argument', 'cdn', whiteList({ refer_domain_allow_list: 'a', new_arg: 'on' }), /new_arg/, true],
  [
    'a redirect that is none',
    'cdn',
    whiteList({ refer_domain_allow_list: 'a', redirect_url: '/x' }),
    /^redirect: expected an absolute/,
    true,
  ],
  ['a failed function', 'cdn', whiteList({ refer_domain_allow_list: 'a' }, { Status: 'failed' }), /failed/, false],
  ['a rule condition', 'cdn', whiteList({ refer_domain_allow_list: 'a' }, { parentId: 7 }), /rule condition 7/, true],
  [
    'an unusable domain',
    'cdn',
    { DomainName: 'a b', functions: whiteList({ refer_domain_allow_list: 'a' }) },
    /a b/,
    true,
  ],
  ['another function', 'cdn', [{ functionName: 'gzip', functionArgs: [] }], /^gzip is not about/, false],
  [
    'a path that no request has',
    'tencent-cdn',
    {
      RefererRules: [{ RuleType: 'path', RulePaths: ['/a/../b'], RefererType: 'whitelist', Referers: [] }],
      Switch: 'on',
    },
    /no path that refgate can match/,
    true,
  ],
  [
    'several extensions in one text',
    'tencent-cdn',
    {
      RefererRules: [{ RuleType: 'file', RulePaths: ['jpg;png'], RefererType: 'whitelist', Referers: [] }],
      Switch: 'on',
    },
    /"jpg;png" is no file/,
    true,
  ],
  ['no rules', 'tencent-cdn', { RefererRules: [], Switch: 'on' }, /no rules/, false],
  ['an entry that would be an expression', 'huawei-cdn', { referer_type: 2, referer_list: '~a' }, /^entry "~a"/, true],
  [
    'an expression that RE2 does not know',
    'volcengine',
    { RuleType: 'deny', ReferersType: { RegularType: { Referers: ['^https?://(?!a)b'] } } },
    /look-ahead/,
    true,
  ],
];

describe('import of CDN configurations', () => {
  for (const [title, format, value, said, changes] of cases) {
    it(`tells of ${title} (${format})`, async () => {
      const { losses } = await imported(format, value);
      expect(losses[0]?.message).to.match(said);
      expect(losses[0]?.changesDecisions).to.equal(changes);
    });
  }

  it('leaves a rule out whose paths are all unusable, for without them it would cover everything', async () => {
    const rule = { RuleType: 'directory', RulePaths: ['images'], RefererType: 'whitelist', Referers: ['a.example'] };
    const { policies, losses } = await imported('tencent-cdn', { RefererRules: [rule], Switch: 'on' });
    expect(policies).to.deep.equal([]);
    expect(losses).to.have.length(2);
  });

  it('takes rules for switched on unless the switch says off', async () => {
    const RefererRules = [{ RefererType: 'whitelist', Referers: ['a.example'] }];
    expect((await imported('tencent-cdn', { RefererRules })).policies).to.have.length(1);
    expect((await imported('tencent-cdn', { RefererRules, Switch: 'off' })).policies).to.deep.equal([]);
  });

  it('says nothing of other access control that is off, or not there', async () => {
    const off = {
      IpAccessRule: { Switch: false },
      UaAccessRule: null,
      RefererAccessRule: { RuleType: 'deny', Switch: true },
    };
    expect((await imported('volcengine', off)).losses).to.deep.equal([]);
  });

  it('makes a policy for each domain', async () => {
    const domain = (name: string) => ({
      Domain: name,
      RefererAccessRule: { RuleType: 'allow', Referers: ['a.example'] },
    });
    const { policies } = await imported('volcengine', { Domains: [domain('x.example'), domain('y.example')] });
    expect(policies.map(({ policy }) => policy.match?.hosts)).to.deep.equal([['x.example'], ['y.example']]);
  });
});
