import { expect } from 'chai';
import { shopClient, useScene } from './scene.js';
import { type Perform, type Signature, type Style, useGo, usePython } from './sdk-program.js';

interface Client {
  readonly name: string;
  readonly use: () => Perform;
  readonly signatures: readonly Signature[];
  /** Whether its model has TruncatePath. */
  readonly truncatesPath: boolean;
}

const CLIENTS: readonly Client[] = [
  { name: 'oss2', use: () => usePython('oss2'), signatures: ['v1', 'v2', 'v4'], truncatesPath: false },
  { name: 'alibabacloud-oss-v2', use: () => usePython('oss-v2'), signatures: ['v1', 'v4'], truncatesPath: true },
  { name: 'aliyun-oss-go-sdk', use: () => useGo('ossv1'), signatures: ['v1', 'v2', 'v4'], truncatesPath: false },
  { name: 'alibabacloud-oss-go-sdk-v2', use: () => useGo('ossv2'), signatures: ['v1', 'v4'], truncatesPath: true },
];

const STYLES: readonly Style[] = ['path', 'host', 'cname'];
const HOST = 'img.shop.example';
const bucket = 'shop-images';

for (const { name, use, signatures, truncatesPath } of CLIENTS) {
  describe(`OSS by ${name}`, function () {
    this.timeout(60_000);
    const scene = useScene();
    const perform = use();

    for (const signature of signatures) {
      for (const style of STYLES) {
        it(`sets, reads and clears: signature ${signature}, bucket by ${style}`, async () => {
          const client = shopClient(scene(), style, signature);
          const put = (configuration: object) => perform({ call: 'put', client, bucket, configuration });
          const referers = [undefined, 'https://shop.example/a', 'https://leech.example/', 'https://other.example/'];

          const lists = { allow: ['https://*shop.example'], deny: ['https://leech.example'], truncateQuery: false };
          expect(await put({ allowEmpty: false, ...lists })).to.not.have.property('raised');
          expect(await scene().statuses(HOST, referers)).to.deep.equal([403, 200, 403, 403]);
          const { result } = await perform({ call: 'get', client, bucket });
          expect(result).to.deep.equal({ allowEmpty: false, ...lists, ...(truncatesPath && { truncatePath: false }) });

          expect(await put({ allowEmpty: true, allow: [] })).to.not.have.property('raised');
          expect(await scene().statuses(HOST, referers)).to.deep.equal([200, 200, 200, 200]);
          const cleared = { allowEmpty: true, allow: [], deny: [], truncateQuery: true };
          const { result: empty } = await perform({ call: 'get', client, bucket });
          expect(empty).to.deep.equal({ ...cleared, ...(truncatesPath && { truncatePath: false }) });
        });
      }
    }

    it('brings back texts of every kind as they were', async () => {
      const client = shopClient(scene());
      const allow = [
        'mibrowser:home',
        '阿里巴巴',
        '中文+referer',
        'http://a.example/?a=1&b=<2>',
        'http://?.example',
        '*',
      ];
      await perform({ call: 'put', client, bucket, configuration: { allowEmpty: true, allow } });
      const { result } = await perform({ call: 'get', client, bucket });
      expect(result).to.have.deep.property('allow', allow);
    });

    if (truncatesPath) {
      it('cuts the path off', async () => {
        const client = shopClient(scene(), 'path', 'v4');
        const configuration = { allowEmpty: true, allow: ['*.shop.example'], truncateQuery: true, truncatePath: true };
        await perform({ call: 'put', client, bucket, configuration });
        const referers = ['https://a.shop.example/x', 'https://leech.example/x.shop.example'];
        expect(await scene().statuses(HOST, referers)).to.deep.equal([200, 403]);
        const { result } = await perform({ call: 'get', client, bucket });
        expect(result).to.deep.equal({ ...configuration, deny: [] });
      });
    }
  });
}

describe('a client whose clock is wrong', function () {
  this.timeout(60_000);
  const scene = useScene();
  const perform = useGo('ossv2');

  it('corrects itself by the answer, with alibabacloud-oss-go-sdk-v2', async () => {
    const configuration = { allowEmpty: true, allow: ['*'] };
    for (const clockError of [-7200, 7200]) {
      const client = { ...shopClient(scene(), 'path', 'v4'), clockError };
      expect(await perform({ call: 'put', client, bucket, configuration })).to.deep.equal({ result: { status: 200 } });
    }
  });
});
