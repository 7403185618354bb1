import { expect } from 'chai';
import { bucketAddress } from '#refgate/manage/oss/bucket-address.js';
import { manageSettings } from '../../../support/manage-settings.js';
import { toManageRequest } from '../../../support/sign-oss.js';

const settings = manageSettings({
  buckets: {
    'shop-images': ['img.shop.example', '*.img.shop.example', 'Assets.Shop.Example.'],
    'shop-video': ['[2001:db8::1]', '192.0.2.7', 'bücher.example'],
  },
});

function addressOf(path: string, host?: string) {
  const headers = host === undefined ? {} : { host };
  return bucketAddress(toManageRequest({ method: 'GET', target: path, headers, body: '' }), settings);
}

describe('bucketAddress', () => {
  describe('finds the bucket', () => {
    for (const [path, host, bucket, by] of [
      ['/shop-images/', 'oss.example', 'shop-images', 'path'],
      ['/shop-images', 'oss.example', 'shop-images', 'path'],
      ['/shop-images/', undefined, 'shop-images', 'path'],
      ['/other_bucket-1/', 'img.shop.example', 'other_bucket-1', 'path'],
      ['/%73hop-images/', 'img.shop.example', 'shop-images', 'path'],
      ['/abc/', 'x', 'abc', 'path'],
      [`/${'b'.repeat(63)}/`, 'x', 'b'.repeat(63), 'path'],
      ['/', 'img.shop.example', 'shop-images', 'host'],
      ['/', 'IMG.Shop.Example:9194', 'shop-images', 'host'],
      ['/', 'img.shop.example.', 'shop-images', 'host'],
      ['/', 'img.shop.example.:80', 'shop-images', 'host'],
      ['/', 'assets.shop.example', 'shop-images', 'host'],
      ['/', '[2001:db8::1]:9194', 'shop-video', 'host'],
      ['/', '[2001:DB8:0::1]', 'shop-video', 'host'],
      ['/', '192.0.2.7:9194', 'shop-video', 'host'],
      ['/', 'xn--bcher-kva.example', 'shop-video', 'host'],
      ['/', 'shop-images.oss.example', 'shop-images', 'label'],
      ['/', 'Shop-Images.OSS.example:9194', 'shop-images', 'label'],
      ['/', 'a-b.img.shop.example', 'a-b', 'label'],
      ['/', 'localhost:9194', 'localhost', 'label'],
      ['/', '127.0.0.1:9194', '127', 'label'],
    ] as const) {
      it(`${path} of ${host}: ${bucket}, by ${by}`, () => {
        expect(addressOf(path, host)).to.deep.equal({ bucket, by });
      });
    }
  });

  describe('finds none', () => {
    for (const [path, host, code] of [
      ['/', undefined, 'InvalidBucketName'],
      ['/', '', 'InvalidBucketName'],
      ['/', '[::1]:9194', 'InvalidBucketName'],
      ['/', 'ab.example', 'InvalidBucketName'],
      ['/', '.shop-images.example', 'InvalidBucketName'],
      ['/', 'shop%2Dimages.example', 'InvalidBucketName'],
      ['/', `${'b'.repeat(64)}.example`, 'InvalidBucketName'],
      ['', 'shop-images.oss.example', 'InvalidBucketName'],
      ['*', 'shop-images.oss.example', 'InvalidBucketName'],
      ['shop-images/', 'shop-images.oss.example', 'InvalidBucketName'],
      ['//', 'shop-images.oss.example', 'InvalidBucketName'],
      ['//shop-images/', 'oss.example', 'InvalidBucketName'],
      ['/Shop-Images/', 'oss.example', 'InvalidBucketName'],
      ['/ab/', 'oss.example', 'InvalidBucketName'],
      [`/${'b'.repeat(64)}/`, 'oss.example', 'InvalidBucketName'],
      ['/../', 'shop-images.oss.example', 'InvalidBucketName'],
      ['/./', 'shop-images.oss.example', 'InvalidBucketName'],
      ['/.../', 'oss.example', 'InvalidBucketName'],
      ['/%2e%2e/', 'oss.example', 'InvalidBucketName'],
      ['/%2E%2E%2Fetc/', 'oss.example', 'InvalidBucketName'],
      ['/shop-images%2F', 'oss.example', 'InvalidBucketName'],
      ['/shop-images%2f..%2fshop-video/', 'oss.example', 'InvalidBucketName'],
      ['/shop-images%5c/', 'oss.example', 'InvalidBucketName'],
      ['/shop-images%00/', 'oss.example', 'InvalidBucketName'],
      ['/shop-images%0d%0a/', 'oss.example', 'InvalidBucketName'],
      ['/shop-images%0a', 'oss.example', 'InvalidBucketName'],
      ['/shop-images%20/', 'oss.example', 'InvalidBucketName'],
      ['/%2573hop-images/', 'oss.example', 'InvalidBucketName'],
      ['/%zz/', 'oss.example', 'InvalidBucketName'],
      ['/%ff%fe/', 'oss.example', 'InvalidBucketName'],
      ['/sh%C3%B6p/', 'oss.example', 'InvalidBucketName'],
      ['/\u017fhop-images/', 'oss.example', 'InvalidBucketName'],
      ['/shop-images;x/', 'oss.example', 'InvalidBucketName'],
      ['/*/', 'oss.example', 'InvalidBucketName'],
      ['/__proto__%2e/', 'oss.example', 'InvalidBucketName'],
      ['http://oss.example/shop-images/', 'oss.example', 'InvalidBucketName'],
      ['/shop-images/a.jpg', 'oss.example', 'OperationNotSupported'],
      ['/shop-images//', 'oss.example', 'OperationNotSupported'],
      ['/shop-images/.', 'oss.example', 'OperationNotSupported'],
      ['/shop-images/..', 'oss.example', 'OperationNotSupported'],
      ['/shop-images/../shop-video/', 'oss.example', 'OperationNotSupported'],
      ['/shop-images/%2e%2e/shop-video/', 'oss.example', 'OperationNotSupported'],
    ] as const) {
      it(`${JSON.stringify(path)} of ${host}: ${code}`, () => {
        const address = addressOf(path, host);
        expect(address.bucket).to.equal(undefined);
        expect(address.bucket === undefined && address.fault.code).to.equal(code);
      });
    }

    it('two Host headers', () => {
      const request = toManageRequest({ method: 'GET', target: '/', headers: {}, body: '' });
      const headers = new Map([['host', ['img.shop.example', 'shop-video.oss.example']]]);
      expect(bucketAddress({ ...request, headers }, settings)).to.have.nested.property('fault.code', 'InvalidArgument');
    });
  });

  it('takes the names of new settings as soon as they are there', () => {
    const request = toManageRequest({ method: 'GET', target: '/', headers: { host: 'img.shop.example' }, body: '' });
    expect(bucketAddress(request, settings)).to.deep.equal({ bucket: 'shop-images', by: 'host' });
    const moved = manageSettings({ buckets: { 'shop-video': ['img.shop.example'] } });
    expect(bucketAddress(request, moved)).to.deep.equal({ bucket: 'shop-video', by: 'host' });
  });
});
