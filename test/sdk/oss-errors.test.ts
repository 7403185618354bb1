import { expect } from 'chai';
import { type Managed, shopClient, useManaged } from './scene.js';
import { type Perform, type Raised, type SdkCall, useGo, usePython } from './sdk-program.js';

interface Fault {
  readonly name: string;
  /** What differs from a call that is right. */
  readonly call?: Partial<SdkCall>;
  readonly client?: object;
  readonly status: number;
  readonly code: string;
  readonly ec?: string;
  /** oss2 has a class for some codes. */
  readonly oss2: string;
}

const allow = ['https://shop.example'];
const xml = (inner: string): string => `<RefererConfiguration>${inner}</RefererConfiguration>`;
const putText = (text: string): Partial<SdkCall> => ({ call: 'put-text', text });
const malformed = { status: 400, code: 'MalformedXML', oss2: 'MalformedXml' } as const;
const denied = { status: 403, code: 'AccessDenied', ec: '0003-00000001', oss2: 'AccessDenied' } as const;

/** Faults of a PUT that every SDK can be made to commit. */
const FAULTS: readonly Fault[] = [
  {
    name: 'a wrong secret',
    client: { secret: 'sk-wrong' },
    ...{ status: 403, code: 'SignatureDoesNotMatch', ec: '0002-00000040', oss2: 'SignatureDoesNotMatch' },
  },
  {
    name: 'an unknown key',
    client: { id: 'AKNOBODY' },
    ...{ status: 403, code: 'InvalidAccessKeyId', ec: '0002-00000902', oss2: 'ServerError' },
  },
  {
    name: 'a bucket that is not in the settings',
    call: { bucket: 'shop-nowhere' },
    ...{ status: 404, code: 'NoSuchBucket', ec: '0015-00000101', oss2: 'NoSuchBucket' },
  },
  { name: 'a viewer who writes', call: { bucket: 'shop-video' }, ...denied },
  { name: 'a bucket of somebody else', call: { bucket: 'shop-docs' }, ...denied },
  {
    name: 'lists over 20 KB',
    call: { configuration: { allowEmpty: true, allow: [`https://${'a'.repeat(20_480)}.example`] } },
    ...{ status: 400, code: 'InlineDataTooLarge', oss2: 'ServerError' },
  },
  {
    name: 'a policy that is written by hand',
    call: { bucket: 'shop-legacy' },
    ...{ status: 409, code: 'PolicyNameConflict', oss2: 'ServerError' },
  },
];

/** Faults that need a body which the SDK would not write by itself. */
const TEXT_FAULTS: readonly Fault[] = [
  { name: 'XML that is not well-formed', call: putText('<RefererConfiguration>'), ec: '0033-00000001', ...malformed },
  { name: 'another root', call: putText('<Referers/>'), ec: '0033-00000001', ...malformed },
  { name: 'no AllowEmptyReferer', call: putText(xml('<RefererList/>')), ec: '0033-00000002', ...malformed },
  {
    name: 'an AllowEmptyReferer that is no boolean',
    call: putText(xml('<AllowEmptyReferer>maybe</AllowEmptyReferer>')),
    ec: '0033-00000003',
    ...malformed,
  },
  {
    name: 'truncatePath without truncateQuery',
    call: putText(
      xml(
        '<AllowEmptyReferer>true</AllowEmptyReferer><AllowTruncateQueryString>false</AllowTruncateQueryString>' +
          '<TruncatePath>true</TruncatePath>',
      ),
    ),
    ...{ status: 400, code: 'InvalidArgument', oss2: 'InvalidArgument' },
  },
];

const SKEW: Fault = {
  name: 'a clock that is 20 minutes slow',
  client: { clockError: -1200 },
  ...{ status: 403, code: 'RequestTimeTooSkewed', ec: '0002-00000504', oss2: 'ServerError' },
};

interface Client {
  readonly name: string;
  readonly use: () => Perform;
  readonly faults: readonly Fault[];
  typeOf(fault: Fault): string;
}

const CLIENTS: readonly Client[] = [
  {
    name: 'oss2',
    use: () => usePython('oss2'),
    faults: [...FAULTS, ...TEXT_FAULTS, SKEW],
    typeOf: (fault) => fault.oss2,
  },
  {
    name: 'alibabacloud-oss-v2',
    use: () => usePython('oss-v2'),
    faults: [...FAULTS, SKEW],
    typeOf: () => 'OperationError',
  },
  {
    name: 'aliyun-oss-go-sdk',
    use: () => useGo('ossv1'),
    faults: [...FAULTS, ...TEXT_FAULTS],
    typeOf: () => 'oss.ServiceError',
  },
  {
    name: 'alibabacloud-oss-go-sdk-v2',
    use: () => useGo('ossv2'),
    faults: [...FAULTS, ...TEXT_FAULTS],
    typeOf: () => '*oss.OperationError',
  },
];

for (const { name, use, faults, typeOf } of CLIENTS) {
  describe(`what ${name} raises`, function () {
    this.timeout(60_000);
    const managed = useManaged();
    const perform = use();

    for (const fault of faults) {
      it(`for ${fault.name}: ${typeOf(fault)}, ${fault.code}`, async () => {
        const raised = await raisedBy(perform, managed(), fault);
        const { status, code, ec } = fault;
        expect(raised).to.deep.include({ type: typeOf(fault), status, code });
        expect(raised?.ec ?? '').to.equal(ec ?? '');
        expect(raised?.message).to.match(/\w/);
        expect(JSON.stringify(raised)).to.not.contain('sk-shop');
      });
    }
  });
}

describe('faults of the service, to oss2', function () {
  this.timeout(60_000);
  const managed = useManaged();
  const perform = usePython('oss2');

  it('is an operation that there is not: OperationNotSupported', async () => {
    const raised = await raisedBy(perform, managed(), { call: { call: 'acl' } });
    expect(raised).to.deep.include({ type: 'OperationNotSupported', status: 400, code: 'OperationNotSupported' });
  });

  it('is a rule folder that somebody broke: ServerError, ServiceUnavailable', async () => {
    managed().rules.write('broken.yaml', 'policies: nothing\n');
    const raised = await raisedBy(perform, managed(), {});
    expect(raised).to.deep.include({ type: 'ServerError', status: 503, code: 'ServiceUnavailable' });
  });
});

describe('settings that refuse, to oss2', function () {
  this.timeout(60_000);
  const managed = useManaged('requestsPerSecond: 1\nreadOnly: true\n');
  const perform = usePython('oss2');

  it('readOnly: AccessDenied', async () => {
    const raised = await raisedBy(perform, managed(), {});
    expect(raised).to.deep.include({ type: 'AccessDenied', status: 403, code: 'AccessDenied', ec: '0003-00000001' });
  });

  it('requestsPerSecond: ServerError, QpsLimitExceeded', async () => {
    let raised: Raised | undefined;
    for (let asked = 0; asked < 50 && raised === undefined; asked++) {
      raised = await raisedBy(perform, managed(), { call: { call: 'get' } });
    }
    expect(raised).to.deep.include({ type: 'ServerError', status: 503, code: 'QpsLimitExceeded' });
  });
});

function raisedBy(
  perform: Perform,
  managed: Managed,
  fault: Pick<Fault, 'call' | 'client'>,
): Promise<Raised | undefined> {
  const client = { ...shopClient(managed), ...fault.client };
  const right = { call: 'put', client, bucket: 'shop-images', configuration: { allowEmpty: true, allow } };
  return perform({ ...right, ...fault.call }).then(({ raised }) => raised);
}
