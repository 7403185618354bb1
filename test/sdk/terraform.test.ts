import { expect } from 'chai';
import { shopClient, useScene } from './scene.js';
import { type Signature, usePython } from './sdk-program.js';

describe("OSS by the layer below Terraform's provider", function () {
  this.timeout(60_000);
  const scene = useScene();
  const perform = usePython('oss-gateway');
  const bucket = 'shop-images';

  for (const signature of ['v4', 'v1'] satisfies Signature[]) {
    it(`sets and reads, with signature ${signature}`, async () => {
      const client = shopClient(scene(), 'host', signature);
      const configuration = { allowEmpty: false, allow: ['https://shop.example'] };
      const put = await perform({ call: 'put', client, bucket, configuration });
      expect(put).to.deep.equal({ result: { status: 200 } });
      const referers = [undefined, 'https://shop.example/', 'https://leech.example/'];
      expect(await scene().statuses('img.shop.example', referers)).to.deep.equal([403, 200, 403]);
      const { result } = await perform({ call: 'get', client, bucket });
      expect(result).to.have.nested.property('RefererConfiguration.RefererList.Referer[0]', 'https://shop.example');
      // Strings or booleans, but there: the provider fails without them.
      expect(result).to.have.nested.property('RefererConfiguration.AllowTruncateQueryString');
      expect(result).to.have.nested.property('RefererConfiguration.TruncatePath');
    });
  }

  it('is told of a fault by the code of OSS', async () => {
    const client = { ...shopClient(scene(), 'host', 'v4'), secret: 'sk-wrong' };
    const configuration = { allowEmpty: false, allow: [] };
    const { raised } = await perform({ call: 'put', client, bucket, configuration });
    expect(raised).to.include({ code: 'SignatureDoesNotMatch', status: 403, ec: '0002-00000040' });
  });
});
