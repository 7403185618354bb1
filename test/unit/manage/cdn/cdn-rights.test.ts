import { mkdirSync } from 'node:fs';
import { expect } from 'chai';
import { whiteList } from '../../../support/cdn-functions.js';
import { type CdnService, cdnService, domainSettings } from '../../../support/cdn-service.js';
import { RulesDir } from '../../../support/rules-dir.js';
import type { AcsCall } from '../../../support/sign-acs.js';

const DOMAIN = 'cdn.shop.example';

function set(functions: string, names = DOMAIN): AcsCall {
  return { action: 'BatchSetCdnDomainConfig', query: { DomainNames: names, Functions: functions } };
}

function call(action: string, query: Record<string, string> = {}): AcsCall {
  return { action, query };
}

describe('errors of the CDN API that depend on rights and rules', () => {
  let dir: RulesDir;
  let service: CdnService;

  beforeEach(async () => {
    dir = new RulesDir();
    service = await cdnService(dir);
  });

  afterEach(() => dir.dispose());

  it('lets a viewer read and not write', async () => {
    service.settings = domainSettings(undefined, { [DOMAIN]: 'viewer' });
    expect((await service.ask(call('DescribeCdnDomainConfigs', { DomainName: DOMAIN }))).status).to.equal(200);
    expect((await service.ask(call('DescribeCdnDomainDetail', { DomainName: DOMAIN }))).status).to.equal(200);
    for (const change of changes(DOMAIN)) expect(await codeOf(change)).to.equal('403 Forbidden.RAM');
  });

  it('lets nobody see a domain of others', async () => {
    service.settings = domainSettings(undefined, { [DOMAIN]: 'editor' });
    const other = 'video.shop.example';
    const reads = ['DescribeCdnDomainConfigs', 'DescribeCdnDomainDetail'].map((each) =>
      call(each, { DomainName: other }),
    );
    for (const each of [...reads, ...changes(other)]) expect(await codeOf(each)).to.equal('403 Forbidden.RAM');
    expect(await codeOf(set(whiteList(), `${DOMAIN},${other}`))).to.equal('403 Forbidden.RAM');
    expect(dir.list()).to.deep.equal([]);
  });

  it("takes a key's own right before the one of all domains", async () => {
    service.settings = domainSettings(undefined, { '*': 'editor', [DOMAIN]: 'viewer' });
    expect(await codeOf(set(whiteList()))).to.equal('403 Forbidden.RAM');
    expect(await codeOf(set(whiteList(), 'video.shop.example'))).to.equal('200 undefined');
  });

  it('refuses changes of a read-only service, unknown domains first', async () => {
    service.settings = { ...domainSettings(), readOnly: true };
    for (const change of changes(DOMAIN)) expect(await codeOf(change)).to.equal('403 Forbidden.RAM');
    expect(await codeOf(set(whiteList(), 'other.example'))).to.equal('404 InvalidDomain.NotFound');
    expect(await codeOf(call('DescribeCdnDomainConfigs', { DomainName: DOMAIN }))).to.equal('200 undefined');
  });

  it('refuses a policy that is in another file', async () => {
    dir.write('hand.yaml', `policies: [{ name: ${DOMAIN}, referer: { allow: [a.example], exact: true } }]\n`);
    for (const change of changes(DOMAIN)) expect(await codeOf(change)).to.equal('409 PolicyNameConflict');
    const { body } = await service.ask(call('DescribeCdnDomainConfigs', { DomainName: DOMAIN }));
    expect(body.DomainConfigs.DomainConfig).to.have.length(1);
  });

  it('changes nothing while the rules of others cannot be loaded', async () => {
    dir.write('hand.yaml', 'policies: [');
    for (const change of changes(DOMAIN)) expect(await codeOf(change)).to.equal('503 ServiceUnavailable');
    expect(dir.list()).to.deep.equal(['hand.yaml']);
  });

  it('says of a read what is broken, and nothing of changes', async () => {
    mkdirSync(dir.at('managed'), { recursive: true });
    dir.write(`managed/${DOMAIN}.yaml`, 'policies: [');
    const { status, body } = await service.ask(call('DescribeCdnDomainConfigs', { DomainName: DOMAIN }));
    expect([status, body.Code]).to.deep.equal([503, 'ServiceUnavailable']);
    expect(body.Message)
      .to.match(/cannot be read now/)
      .and.not.match(/changed/);
  });

  it('tells when the files cannot be written', async () => {
    mkdirSync(dir.at('managed'), { recursive: true });
    mkdirSync(dir.at(`managed/${DOMAIN}.yaml`));
    const code = await codeOf(set(whiteList()));
    expect(code).to.match(/^503 ServiceUnavailable$/);
  });

  it('refuses a policy that validation refuses, with its errors', async () => {
    dir.make({});
    mkdirSync(dir.at('managed'), { recursive: true });
    const onDeny = 'onDeny: { format: oss-xml }';
    dir.write(
      `managed/${DOMAIN}.yaml`,
      `policies: [{ name: ${DOMAIN}, referer: { allow: [a.example] }, ${onDeny} }]\n`,
    );
    const answer = await service.ask(set(whiteList({ redirect_url: 'https://shop.example/' })));
    expect([answer.status, answer.body.Code]).to.deep.equal([400, 'InvalidArgValue.Malformed']);
    expect(answer.body.Message).to.include('onDeny');
  });

  it('limits the rate of a key', async () => {
    service.admits = false;
    expect(await codeOf(set(whiteList()))).to.equal('400 Throttling.User');
  });

  function changes(domain: string): readonly AcsCall[] {
    return [
      set(whiteList(), domain),
      call('DeleteSpecificConfig', { DomainName: domain, ConfigId: '1' }),
      call('BatchDeleteCdnDomainConfig', { DomainNames: domain, FunctionNames: 'referer_white_list_set' }),
    ];
  }

  async function codeOf(request: AcsCall): Promise<string> {
    const { status, body } = await service.ask(request);
    return `${status} ${body.Code}`;
  }
});
