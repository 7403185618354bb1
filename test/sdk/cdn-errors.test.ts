import { expect } from 'chai';
import { BLACK, functionsOf, SDKS, WHITE } from './cdn-functions.js';
import { shopClient, useManaged } from './scene.js';
import { usePython } from './sdk-program.js';

const DOMAIN = 'cdn.shop.example';

interface Fault {
  readonly name: string;
  readonly action?: string;
  readonly client?: object;
  readonly parameters?: object;
  readonly status: number;
  readonly code: string;
  /** What the older SDK makes of the code, where it differs. */
  readonly rpcCode?: string;
}

const functions = functionsOf(WHITE, { refer_domain_allow_list: 'shop.example' });
const right = { DomainNames: DOMAIN, Functions: functions };

const FAULTS: readonly Fault[] = [
  {
    name: 'a wrong secret',
    client: { secret: 'sk-wrong' },
    ...{ status: 400, code: 'SignatureDoesNotMatch', rpcCode: 'InvalidAccessKeySecret' },
  },
  { name: 'an unknown key', client: { id: 'AKNOBODY' }, status: 404, code: 'InvalidAccessKeyId.NotFound' },
  { name: 'a slow clock', client: { clockError: -1200 }, status: 400, code: 'InvalidTimeStamp.Expired' },
  {
    name: 'an action that there is not',
    action: 'AddCdnDomain',
    parameters: { DomainName: DOMAIN, CdnType: 'web' },
    ...{ status: 404, code: 'InvalidAction.NotFound' },
  },
  {
    name: 'a domain that is not in the settings',
    parameters: { ...right, DomainNames: 'nowhere.example' },
    ...{ status: 404, code: 'InvalidDomain.NotFound' },
  },
  {
    name: 'a viewer who writes',
    parameters: { ...right, DomainNames: 'video.shop.example' },
    ...{ status: 403, code: 'Forbidden.RAM' },
  },
  {
    name: 'a domain of somebody else',
    parameters: { ...right, DomainNames: 'docs.shop-cdn.example' },
    ...{ status: 403, code: 'Forbidden.RAM' },
  },
  { name: 'no Functions', parameters: { DomainNames: DOMAIN }, status: 400, code: 'MissingParameter' },
  {
    name: 'a list that is not given',
    parameters: { ...right, Functions: functionsOf(WHITE, { allow_empty: 'on' }) },
    ...{ status: 400, code: 'MissingParameter' },
  },
  {
    name: 'Functions that are no JSON',
    parameters: { ...right, Functions: '[{' },
    ...{ status: 400, code: 'InvalidFunctions.Malformed' },
  },
  {
    name: 'another function',
    parameters: { ...right, Functions: functionsOf('aliauth', { auth_type: 'no_auth' }) },
    ...{ status: 400, code: 'InvalidFunctionName.ValueNotSupported' },
  },
  {
    name: 'an unknown argument',
    parameters: { ...right, Functions: functionsOf(WHITE, { refer_domain_allow_list: 'a.example', colour: 'red' }) },
    ...{ status: 400, code: 'InvalidArgName.ValueNotSupported' },
  },
  {
    name: 'a switch that is neither on nor off',
    parameters: {
      ...right,
      Functions: functionsOf(WHITE, { refer_domain_allow_list: 'a.example', allow_empty: 'yes' }),
    },
    ...{ status: 400, code: 'InvalidArgValue.Malformed' },
  },
  {
    name: 'a list over 60 KB',
    parameters: { ...right, Functions: functionsOf(WHITE, { refer_domain_allow_list: 'a.example,'.repeat(6145) }) },
    ...{ status: 400, code: 'InvalidArgValue.Malformed' },
  },
  {
    name: 'a configId of another',
    parameters: {
      ...right,
      Functions: functionsOf(WHITE, { refer_domain_allow_list: 'a.example' }, { configId: 6295 }),
    },
    ...{ status: 400, code: 'InvalidConfigId.NotFound' },
  },
  {
    name: 'a rule condition',
    parameters: {
      ...right,
      Functions: functionsOf(WHITE, { refer_domain_allow_list: 'a.example' }, { parentId: 222_728_944 }),
    },
    ...{ status: 400, code: 'Function.InvalidParentId' },
  },
  {
    name: 'both lists at once',
    parameters: {
      ...right,
      Functions: `${functions.slice(0, -1)},${functionsOf(BLACK, { refer_domain_deny_list: 'leech.example' }).slice(1)}`,
    },
    ...{ status: 400, code: 'ConfigurationConflicts' },
  },
  {
    name: '51 domains',
    parameters: { ...right, DomainNames: Array.from({ length: 51 }, (_, number) => `d${number}.example`).join(',') },
    ...{ status: 400, code: 'TooManyDomains' },
  },
];

for (const [sdk, name] of SDKS) {
  describe(`what ${name} raises`, function () {
    this.timeout(60_000);
    const managed = useManaged();
    const perform = usePython(sdk);

    for (const fault of FAULTS) {
      const { action = 'BatchSetCdnDomainConfig', parameters = right, status } = fault;
      const code = sdk === 'cdn-rpc' ? (fault.rpcCode ?? fault.code) : fault.code;
      const type = sdk === 'cdn-rpc' ? 'ServerException' : 'ClientException';
      it(`for ${fault.name}: ${type}, ${code}`, async () => {
        const client = { ...shopClient(managed()), ...fault.client };
        const { raised } = await perform({ call: action, client, parameters });
        expect(raised).to.deep.include({ type, status, code });
        expect(raised?.message).to.match(/\w/);
      });
    }
  });
}
