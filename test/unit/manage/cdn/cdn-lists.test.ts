import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { parse } from 'yaml';
import { blackList, functionsText, whiteList } from '../../../support/cdn-functions.js';
import { type CdnAnswer, type CdnService, cdnService, domainSettings } from '../../../support/cdn-service.js';
import { RulesDir } from '../../../support/rules-dir.js';

const DOMAIN = 'cdn.shop.example';
const FILE = `managed/${DOMAIN}.yaml`;

describe('Referer lists set through the CDN API', () => {
  let dir: RulesDir;
  let service: CdnService;

  beforeEach(async () => {
    dir = new RulesDir({ 'other.yaml': 'policies: [{ name: other, match: { hosts: [o.example] }, referer: {} }]\n' });
    service = await cdnService(dir, domainSettings([DOMAIN, 'video.shop.example', '.wild.example']));
  });

  afterEach(() => dir.dispose());

  it('are written with the keys of the arguments that were given, and no others', async () => {
    const { status, body, headers } = await set(whiteList());
    const ConfigId = idOf(DOMAIN, 'referer_white_list_set');
    const model = { ConfigId, DomainName: DOMAIN, FunctionName: 'referer_white_list_set' };
    expect([status, body.DomainConfigList]).to.deep.equal([200, { DomainConfigModel: [model] }]);
    expect(headers['x-refgate-generation']).to.equal(String(service.rules.store.generation));
    expect(written()).to.deep.equal({
      name: DOMAIN,
      match: { hosts: [DOMAIN] },
      referer: { allow: ['shop.example'], allowSelf: false },
    });
  });

  it('are written whole', async () => {
    const list = ' b.example,\t*.a.example , a*b.example,192.0.2.0/24,,https://c.example/x,b.example ';
    await set(blackList({ ...all, refer_domain_deny_list: list }));
    const deny = ['b.example', '*.a.example', 'a*b.example', '192.0.2.0/24', 'https://c.example/x', 'b.example'];
    expect(written()).to.deep.equal({
      name: DOMAIN,
      match: { hosts: [DOMAIN] },
      referer: { deny, empty: 'allow', exact: true, ignoreScheme: false, allowSelf: false },
      onDeny: { redirect: 'https://shop.example/no.png' },
    });
    const args = { refer_domain_deny_list: deny.join(','), ...all };
    expect(await described()).to.deep.equal([{ name: 'referer_black_list_set', args }]);
  });

  for (const [name, value] of [
    ['allow_empty', 'on'],
    ['allow_empty', 'off'],
    ['disable_ast', 'on'],
    ['disable_ast', 'off'],
    ['ignore_scheme', 'on'],
    ['ignore_scheme', 'off'],
    ['redirect_url', 'http://shop.example/%20?a=b,c'],
  ] as const) {
    it(`are described with exactly what was set: ${name} ${value}`, async () => {
      await set(whiteList({ [name]: value }));
      const args = { refer_domain_allow_list: 'shop.example', [name]: value };
      expect(await described()).to.deep.equal([{ name: 'referer_white_list_set', args }]);
    });
  }

  it('are described as the SDKs expect it', async () => {
    await set(whiteList({ allow_empty: 'off' }));
    const { body, headers } = await describeDomain();
    expect(headers).to.not.have.property('x-refgate-generation');
    expect(body.DomainConfigs).to.deep.equal({
      DomainConfig: [
        {
          ConfigId: String(idOf(DOMAIN, 'referer_white_list_set')),
          FunctionName: 'referer_white_list_set',
          ParentId: '-1',
          Status: 'success',
          FunctionArgs: {
            FunctionArg: [
              { ArgName: 'refer_domain_allow_list', ArgValue: 'shop.example' },
              { ArgName: 'allow_empty', ArgValue: 'off' },
            ],
          },
        },
      ],
    });
  });

  it('are found by name and by identifier', async () => {
    await set(whiteList());
    const id = String(idOf(DOMAIN, 'referer_white_list_set'));
    const name = 'referer_white_list_set';
    expect(await described({ FunctionNames: `aliauth, ${name}` })).to.have.length(1);
    expect(await described({ FunctionNames: 'referer_black_list_set' })).to.deep.equal([]);
    expect(await described({ ConfigId: id })).to.have.length(1);
    expect(await described({ ConfigId: '1' })).to.deep.equal([]);
    expect(await described({ ConfigId: id, FunctionNames: 'aliauth' })).to.deep.equal([]);
    expect(await described({ ConfigId: '', FunctionNames: '' })).to.have.length(1);
  });

  it('are overwritten whole, and keep what is written by hand and their identifier', async () => {
    await set(whiteList(all));
    const text = dir
      .read(FILE)
      .replace(/^( *)referer:/m, '$1mode: shadow # for now\n$1exempt: { methods: [OPTIONS] }\n$1referer:');
    dir.write(FILE, text.replace('- cdn.shop.example', '- old.shop.example'));
    const { body } = await set(
      whiteList({ refer_domain_allow_list: 'new.example' }, { configId: idOf(DOMAIN, 'referer_white_list_set') }),
    );
    expect(body.DomainConfigList.DomainConfigModel[0].ConfigId).to.equal(idOf(DOMAIN, 'referer_white_list_set'));
    expect(written()).to.deep.equal({
      name: DOMAIN,
      match: { hosts: [DOMAIN] },
      mode: 'shadow',
      exempt: { methods: ['OPTIONS'] },
      referer: { allow: ['new.example'], allowSelf: false },
    });
    expect(dir.read(FILE)).to.include('# for now');
  });

  it('take the place of what somebody wrote in another dialect, or with verification', async () => {
    const oss = 'dialect: oss, allow: [http://a], deny: [http://b], truncateQuery: true';
    dir.make({ [FILE]: `policies: [{ name: ${DOMAIN}, referer: { ${oss} } }]\n` });
    expect(await described()).to.deep.equal([]);
    await set(whiteList());
    expect(written().referer).to.deep.equal({ allow: ['shop.example'], allowSelf: false });
    const verify = 'empty: verify, verifyFallback: deny, invalid: deny';
    dir.write(
      FILE,
      `policies: [{ name: ${DOMAIN}, referer: { allow: [a.example, { preset: social }], ${verify} } }]\n`,
    );
    const args = { refer_domain_allow_list: 'a.example' };
    expect(await described()).to.deep.equal([{ name: 'referer_white_list_set', args }]);
    await set(whiteList({ allow_empty: 'off' }));
    expect(written().referer).to.deep.equal({
      allow: ['shop.example'],
      empty: 'deny',
      invalid: 'deny',
      allowSelf: false,
    });
  });

  it('exclude each other until the other one is deleted', async () => {
    await set(whiteList());
    const { status, body } = await set(blackList());
    expect([status, body.Code]).to.deep.equal([400, 'ConfigurationConflicts']);
    await remove({ ConfigId: String(idOf(DOMAIN, 'referer_white_list_set')) });
    expect((await set(blackList())).status).to.equal(200);
    expect(await described()).to.have.length(1);
  });

  it('are deleted with their file', async () => {
    await set(whiteList());
    const ids = ` 12, ${idOf(DOMAIN, 'referer_black_list_set')},${idOf(DOMAIN, 'referer_white_list_set')} `;
    const { status, body, headers } = await remove({ ConfigId: ids });
    expect([status, Object.keys(body)]).to.deep.equal([200, ['RequestId']]);
    expect(headers['x-refgate-generation']).to.equal(String(service.rules.store.generation));
    expect(dir.list()).to.deep.equal(['other.yaml']);
    expect(await described()).to.deep.equal([]);
  });

  it('may be deleted where nothing is set', async () => {
    expect((await remove({ ConfigId: '12,x' })).status).to.equal(200);
    await set(whiteList());
    expect((await remove({ ConfigId: String(idOf(DOMAIN, 'referer_black_list_set')) })).status).to.equal(200);
    const names = { DomainNames: `${DOMAIN},video.shop.example`, FunctionNames: 'referer_black_list_set' };
    expect((await service.ask({ action: 'BatchDeleteCdnDomainConfig', query: names })).status).to.equal(200);
    expect(await described()).to.have.length(1);
  });

  it('are deleted one by one where somebody wrote both by hand', async () => {
    dir.make({ [FILE]: `policies: [{ name: ${DOMAIN}, referer: { allow: [a.example], deny: [b.a.example] } }]\n` });
    expect(await described()).to.have.length(2);
    await remove({ ConfigId: String(idOf(DOMAIN, 'referer_black_list_set')) });
    expect(written().referer).to.deep.equal({ allow: ['a.example'] });
  });

  it('are set for several domains, each once, and deleted by name', async () => {
    const { body } = await set(whiteList(), `${DOMAIN}, .wild.example,CDN.shop.example,,`);
    const names = body.DomainConfigList.DomainConfigModel.map((each: { DomainName: string }) => each.DomainName);
    expect(names).to.deep.equal([DOMAIN, '.wild.example']);
    expect(parse(dir.read('managed/wild.example.yaml')).policies[0].match.hosts).to.deep.equal(['*.wild.example']);
    const deleted = await service.ask({
      action: 'BatchDeleteCdnDomainConfig',
      query: { DomainNames: `${DOMAIN},.wild.example`, FunctionNames: 'referer_white_list_set,referer_black_list_set' },
    });
    expect([deleted.status, Object.keys(deleted.body)]).to.deep.equal([200, ['RequestId']]);
    expect(dir.list()).to.deep.equal(['other.yaml']);
  });

  it('are set for all domains or for none', async () => {
    await set(blackList(), 'video.shop.example');
    const before = service.rules.store.generation;
    const { body } = await set(whiteList(), `${DOMAIN},video.shop.example,.wild.example`);
    expect(body.Code).to.equal('ConfigurationConflicts');
    expect(body.Message).to.include('video.shop.example');
    expect(dir.list()).to.deep.equal(['managed/video.shop.example.yaml', 'other.yaml']);
    expect(service.rules.store.generation).to.equal(before);
  });

  it('come in the query, in a form, or in both, under both signatures', async () => {
    for (const scheme of ['acs3', 'rpc'] as const) {
      const domain = { DomainNames: DOMAIN };
      const functions = { Functions: whiteList({ redirect_url: 'https://shop.example/?a=b+c' }) };
      const action = 'BatchSetCdnDomainConfig';
      for (const parts of [
        { form: { ...domain, ...functions } },
        { query: domain, form: functions },
        { query: { ...domain, ...functions }, form: domain },
      ]) {
        expect(await service.ask({ scheme, action, ...parts })).to.include({ status: 200 });
        expect((await described())[0]?.args['redirect_url']).to.equal('https://shop.example/?a=b+c');
      }
    }
  });

  it('take a list of exactly 60 KB', async () => {
    const list = `${'aaaaaaaaa.example,'.repeat(3413)}bbbb.b`;
    expect(Buffer.byteLength(list)).to.equal(61_440);
    expect((await set(whiteList({ refer_domain_allow_list: list }))).status).to.equal(200);
    expect((await described())[0]?.args['refer_domain_allow_list']).to.equal(list);
  });

  it('are audited, a line for each policy, and so are changes that are refused', async () => {
    await set(whiteList(), `${DOMAIN},video.shop.example`);
    await set(blackList(), `${DOMAIN},video.shop.example`);
    await set(blackList(), 'other.example');
    await service.ask({ action: 'DescribeCdnDomainConfigs', query: { DomainName: 'other.example' } });
    const by = { actor: 'ak', action: 'BatchSetCdnDomainConfig', client: '127.0.0.1' };
    const [first, ...refused] = service.audited;
    expect(first?.by)
      .to.include(by)
      .and.to.have.property('requestId')
      .that.matches(/^[0-9A-F-]{36}$/);
    expect(first && 'changes' in first && first.changes.map(({ policy }) => policy)).to.have.members([
      DOMAIN,
      'video.shop.example',
    ]);
    const told = refused.map((line) => 'code' in line && [line.policy, line.target, line.code]);
    expect(told).to.deep.equal([
      [DOMAIN, DOMAIN, 'ConfigurationConflicts'],
      ['video.shop.example', 'video.shop.example', 'ConfigurationConflicts'],
      [undefined, 'other.example', 'InvalidDomain.NotFound'],
    ]);
    expect(refused.map((line) => 'detail' in line && line.detail)[0]).to.match(/is set: delete it first/);
  });

  it('are of a domain that is online, on which Terraform waits', async () => {
    const { body } = await service.ask({ action: 'DescribeCdnDomainDetail', query: { DomainName: DOMAIN } });
    expect(body.GetDomainDetailModel).to.include({ DomainName: DOMAIN, DomainStatus: 'online' });
  });

  it('are set for 50 domains at once by as many calls', async () => {
    const names = Array.from({ length: 50 }, (_, index) => `d${index}.example`);
    service.settings = domainSettings(names);
    const one = names.map((name) => set(whiteList({ refer_domain_allow_list: name }), name));
    const answers = await Promise.all([
      ...one,
      set(functionsText('referer_white_list_set', { refer_domain_allow_list: 'all.example' }), names.join(',')),
    ]);
    expect(answers.map(({ status }) => status)).to.deep.equal(Array.from({ length: 51 }, () => 200));
    expect(dir.list()).to.have.length(51);
  });

  const all = {
    allow_empty: 'on',
    redirect_url: 'https://shop.example/no.png',
    disable_ast: 'on',
    ignore_scheme: 'off',
  };

  function set(functions: string, names = DOMAIN): Promise<CdnAnswer> {
    return service.ask({ action: 'BatchSetCdnDomainConfig', query: { DomainNames: names, Functions: functions } });
  }

  function remove(query: Record<string, string>): Promise<CdnAnswer> {
    return service.ask({ action: 'DeleteSpecificConfig', query: { DomainName: DOMAIN, ...query } });
  }

  function describeDomain(query: Record<string, string> = {}): Promise<CdnAnswer> {
    return service.ask({ action: 'DescribeCdnDomainConfigs', query: { DomainName: DOMAIN, ...query } });
  }

  async function described(
    query: Record<string, string> = {},
  ): Promise<{ name: string; args: Record<string, string> }[]> {
    const { body } = await describeDomain(query);
    return body.DomainConfigs.DomainConfig.map((each: DescribedConfig) => ({
      name: each.FunctionName,
      args: Object.fromEntries(each.FunctionArgs.FunctionArg.map(({ ArgName, ArgValue }) => [ArgName, ArgValue])),
    }));
  }

  function written(): { readonly referer: object } {
    return parse(dir.read(FILE)).policies[0];
  }
});

interface DescribedConfig {
  readonly FunctionName: string;
  readonly FunctionArgs: { readonly FunctionArg: readonly { readonly ArgName: string; readonly ArgValue: string }[] };
}

/** The first 52 bits of SHA-256 over both names. */
function idOf(domain: string, name: string): number {
  return Number.parseInt(createHash('sha256').update(`${domain}\0${name}`).digest('hex').slice(0, 13), 16);
}
