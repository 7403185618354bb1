import { expect } from 'chai';
import { BLACK, functionsOf, SDKS, WHITE } from './cdn-functions.js';
import { shopClient, useScene } from './scene.js';
import { usePython } from './sdk-program.js';

const DOMAIN = 'cdn.shop.example';

interface SetResult {
  readonly DomainConfigList: { readonly DomainConfigModel: readonly ConfigModel[] };
}

interface ConfigModel {
  readonly ConfigId: number;
  readonly DomainName: string;
  readonly FunctionName: string;
}

interface DescribeResult {
  readonly DomainConfigs: { readonly DomainConfig: readonly Described[] };
}

interface Described {
  readonly ConfigId: string;
  readonly FunctionName: string;
  readonly Status: string;
  readonly FunctionArgs: { readonly FunctionArg: readonly { ArgName: string; ArgValue: string }[] };
}

for (const [sdk, name] of SDKS) {
  describe(`CDN by ${name}`, function () {
    this.timeout(60_000);
    const scene = useScene();
    const perform = usePython(sdk);

    async function ask<Result>(action: string, parameters: object): Promise<Result> {
      const { result, raised } = await perform({ call: action, client: shopClient(scene()), parameters });
      expect(raised).to.equal(undefined);
      return result as Result;
    }

    const set = (functions: string, domains = DOMAIN): Promise<SetResult> =>
      ask('BatchSetCdnDomainConfig', { DomainNames: domains, Functions: functions });
    const describeConfigs = async (more: object = {}): Promise<readonly Described[]> => {
      const parameters = { DomainName: DOMAIN, ...more };
      return (await ask<DescribeResult>('DescribeCdnDomainConfigs', parameters)).DomainConfigs.DomainConfig;
    };
    const clear = (domains: string): Promise<object> =>
      ask('BatchDeleteCdnDomainConfig', { DomainNames: domains, FunctionNames: `${WHITE},${BLACK}` });

    afterEach(() => clear(`${DOMAIN},.wild.example`));

    it('sets a white list, which Envoy keeps to, and describes the very arguments', async () => {
      const args = {
        refer_domain_allow_list: 'shop.example,*.partner.example',
        allow_empty: 'on',
        redirect_url: 'https://shop.example/hotlink.png',
        ignore_scheme: 'on',
      };
      const { DomainConfigList } = await set(functionsOf(WHITE, args));
      const [model] = DomainConfigList.DomainConfigModel;
      expect(model).to.include({ DomainName: DOMAIN, FunctionName: WHITE }).and.to.have.property('ConfigId');
      const referers = [undefined, 'https://www.shop.example/x', 'a.partner.example', 'https://leech.example/'];
      expect(await scene().statuses(DOMAIN, referers)).to.deep.equal([200, 200, 200, 302]);

      const [described] = await describeConfigs({ FunctionNames: WHITE });
      expect(described).to.include({ ConfigId: String(model?.ConfigId), FunctionName: WHITE, Status: 'success' });
      const shown = described?.FunctionArgs.FunctionArg.map(({ ArgName, ArgValue }) => [ArgName, ArgValue]);
      expect(Object.fromEntries(shown ?? [])).to.deep.equal(args);
    });

    it('sets a black list, and deletes it by its id, after which everything passes', async () => {
      await set(functionsOf(BLACK, { refer_domain_deny_list: 'leech.example', allow_empty: 'on' }));
      const referers = [undefined, 'https://a.leech.example/', 'https://other.example/'];
      expect(await scene().statuses(DOMAIN, referers)).to.deep.equal([200, 403, 200]);
      const [described] = await describeConfigs();
      await ask('DeleteSpecificConfig', { DomainName: DOMAIN, ConfigId: described?.ConfigId });
      expect(await describeConfigs()).to.deep.equal([]);
      expect(await scene().statuses(DOMAIN, referers)).to.deep.equal([200, 200, 200]);
    });

    it('overwrites a list, which keeps its id', async () => {
      const first = await set(functionsOf(WHITE, { refer_domain_allow_list: 'a.example' }));
      const [{ ConfigId: configId = 0 } = {}] = first.DomainConfigList.DomainConfigModel;
      const again = await set(functionsOf(WHITE, { refer_domain_allow_list: 'b.example' }, { configId }));
      expect(again.DomainConfigList).to.deep.equal(first.DomainConfigList);
      const referers = ['https://a.example/', 'https://b.example/'];
      expect(await scene().statuses(DOMAIN, referers)).to.deep.equal([403, 200]);
    });

    it('sets a domain and a wildcard domain in one call', async () => {
      await set(functionsOf(WHITE, { refer_domain_allow_list: 'shop.example' }), `${DOMAIN},.wild.example`);
      for (const host of [DOMAIN, 'a.wild.example']) {
        const referers = ['https://shop.example/', 'https://leech.example/'];
        expect(await scene().statuses(host, referers)).to.deep.equal([200, 403]);
      }
    });

    it('sets a list of 60 KB, and describes it', async () => {
      const entries = Array.from({ length: 3000 }, (_, number) => `host-${number}.partner.ex`);
      const list = entries
        .join(',')
        .slice(0, 61_440)
        .replace(/,[^,]*$/, '');
      expect(list.length).to.be.greaterThan(60_000);
      await set(functionsOf(WHITE, { refer_domain_allow_list: list }));
      const [described] = await describeConfigs();
      expect(described?.FunctionArgs.FunctionArg).to.deep.equal([
        { ArgName: 'refer_domain_allow_list', ArgValue: list },
      ]);
      const referers = ['https://host-2500.partner.ex/', 'https://host-9999.partner.ex/'];
      expect(await scene().statuses(DOMAIN, referers)).to.deep.equal([200, 403]);
    });

    it('says that a domain is online', async () => {
      const detail = await ask<object>('DescribeCdnDomainDetail', { DomainName: DOMAIN });
      expect(detail).to.have.nested.property('GetDomainDetailModel.DomainStatus', 'online');
    });
  });
}
