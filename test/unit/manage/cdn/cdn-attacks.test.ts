import { expect } from 'chai';
import { whiteList } from '../../../support/cdn-functions.js';
import { type CdnAnswer, type CdnService, cdnService } from '../../../support/cdn-service.js';
import { RulesDir } from '../../../support/rules-dir.js';
import { signAcs } from '../../../support/sign-acs.js';
import { toManageRequest } from '../../../support/sign-oss.js';

const DOMAIN = 'cdn.shop.example';

describe('hostile calls of the CDN API', () => {
  let dir: RulesDir;
  let service: CdnService;

  before(async () => {
    dir = new RulesDir();
    service = await cdnService(dir);
  });

  after(() => {
    expect(service.internalErrors).to.deep.equal([]);
    expect(dir.list()).to.deep.equal([]);
    dir.dispose();
  });

  const deep = 400_000;
  const args = '{"argName":"refer_domain_allow_list","argValue":"a.example"}';
  const texts: Readonly<Record<string, string>> = {
    'nested lists': `${'['.repeat(deep)}${']'.repeat(deep)}`,
    'nested lists without end': '['.repeat(deep),
    'nested objects': `[{"functionName":"referer_white_list_set","functionArgs":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}]`,
    'a prototype in place of a function': '[{"__proto__":{"functionName":"referer_white_list_set","functionArgs":[]}}]',
    'a prototype in place of an argument': `[{"functionName":"referer_white_list_set","functionArgs":[{"__proto__":${args}}]}]`,
    'a prototype in place of a list': '{"__proto__":[],"length":1,"0":{}}',
    'a name of all objects': '[{"functionName":"__proto__","functionArgs":[]}]',
    'an argument of all objects':
      '[{"functionName":"referer_white_list_set","functionArgs":[{"argName":"__proto__","argValue":"x"}]}]',
    'half a million arguments': `[{"functionName":"referer_white_list_set","functionArgs":[${'1,'.repeat(500_000)}1]}]`,
    'a million functions': `[${'{},'.repeat(300_000)}{}]`,
    'bytes that are no UTF-8': '[{"functionName":"\uFFFD"}]',
    'two values of JSON': `${whiteList()}${whiteList()}`,
    'a comment': `${whiteList()}/* */`,
    'a NUL in an entry': whiteList({ refer_domain_allow_list: 'a\0.example' }),
    'a line break of YAML in an entry': whiteList({ refer_domain_allow_list: 'a.example\u2028- b.example' }),
    'an entry of 5,000 characters': whiteList({ refer_domain_allow_list: `${'a.'.repeat(2500)}example` }),
    'an expression that takes for ever': whiteList({ refer_domain_allow_list: '~(a+)+$' }),
    'a file outside': whiteList({ refer_domain_allow_list: '{"file":"/etc/passwd"}' }),
    'a redirect to a script': whiteList({ redirect_url: 'javascript:alert(1)' }),
    'an identifier that is not exact': whiteList({}, { configId: 1e300 }),
    'an identifier of all objects': whiteList({}, { configId: '__proto__' }),
  };

  for (const [title, Functions] of Object.entries(texts)) {
    it(`are refused: ${title}`, async () => {
      const { status, body } = await set({ DomainNames: DOMAIN, Functions });
      expect(status).to.equal(400);
      expect(body).to.have.all.keys('RequestId', 'HostId', 'Code', 'Message');
      expect(body.Message.length).to.be.lessThan(1000);
    });
  }

  for (const name of [
    '../other',
    'cdn.shop.example/../x',
    'cdn.shop.example\0',
    '*',
    '.',
    'constructor',
    'cdn.shop.example.',
  ]) {
    it(`reach no domain called ${JSON.stringify(name)}`, async () => {
      const { status, body } = await set({ DomainNames: name, Functions: whiteList() });
      expect([status, body.Code]).to.deep.equal([404, 'InvalidDomain.NotFound']);
    });
  }

  for (const [title, body] of [
    ['1,001 parameters', 'a=&'.repeat(1001)],
    ['a megabyte of separators', '&'.repeat(1 << 20)],
  ] as const) {
    it(`are not read before it is known who sent them: ${title}`, async () => {
      const raw = signAcs({ action: 'DescribeCdnDomainDetail', query: { DomainName: DOMAIN } });
      const answer = await service.answer(toManageRequest({ ...raw, body }));
      expect([answer.status, JSON.parse(answer.body).Code]).to.deep.equal([400, 'InvalidParameter']);
    });
  }

  it('name a header several times, to have it signed as often', async () => {
    const raw = signAcs({ action: 'DescribeCdnDomainDetail', query: { DomainName: DOMAIN } });
    const authorization = raw.headers['authorization']?.replace('host;', 'host;host;') ?? '';
    const answer = await service.answer(toManageRequest({ ...raw, headers: { ...raw.headers, authorization } }));
    expect(JSON.parse(answer.body)).to.deep.include({ Code: 'IncompleteSignature' });
  });

  it('name tens of thousands of domains, and make one line in the audit log', async () => {
    service.audited.length = 0;
    const { body } = await set({
      DomainNames: 'a,'.repeat(40_000) + Array.from({ length: 60 }, (_, i) => `x${i}`).join(),
    });
    expect(body.Code).to.equal('MissingParameter');
    expect(service.audited).to.have.length(1);
  });

  function set(form: Record<string, string>): Promise<CdnAnswer> {
    return service.ask({ action: 'BatchSetCdnDomainConfig', form });
  }
});
