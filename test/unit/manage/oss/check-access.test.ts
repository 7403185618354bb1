import { expect } from 'chai';
import { checkAccess } from '#refgate/manage/oss/check-access.js';
import type { Bucket, ManageSettings, Role } from '#refgate/manage/settings/manage-settings.js';

const bucketNames = ['shop-images', 'shop-video'];

function settings(readOnly: boolean): ManageSettings {
  const buckets = bucketNames.map((name): Bucket => ({ name, hosts: [`${name}.example`], policy: name }));
  return {
    managed: 'managed',
    readOnly,
    maxSkewSeconds: 900,
    requestsPerSecond: 50,
    accessKeys: new Map(),
    tokens: [],
    buckets: new Map(buckets.map((bucket) => [bucket.name, bucket])),
    domains: new Map(),
  };
}

function outcome(
  rights: Readonly<Record<string, Role>>,
  method: string,
  { bucket = 'shop-images', readOnly = false } = {},
): string {
  const accessKey = { id: 'ak', secret: 'sk', buckets: new Map(Object.entries(rights)), domains: new Map() };
  const found = checkAccess({ accessKey, bucket, method }, settings(readOnly));
  return 'code' in found ? found.code : found.name;
}

describe('the right to a bucket', () => {
  it('is asked after whether there is one', () => {
    expect(outcome({}, 'GET', { bucket: 'other' })).to.equal('NoSuchBucket');
    expect(outcome({ '*': 'editor' }, 'PUT', { bucket: 'other' })).to.equal('NoSuchBucket');
  });

  it('is of each bucket', () => {
    expect(outcome({ 'shop-video': 'editor' }, 'GET')).to.equal('AccessDenied');
    expect(outcome({ 'shop-images': 'editor' }, 'PUT')).to.equal('shop-images');
    expect(outcome({ '*': 'editor' }, 'PUT')).to.equal('shop-images');
  });

  it('is what is said of the bucket, not of every one', () => {
    expect(outcome({ '*': 'editor', 'shop-images': 'viewer' }, 'PUT')).to.equal('AccessDenied');
    expect(outcome({ '*': 'viewer', 'shop-images': 'editor' }, 'PUT')).to.equal('shop-images');
  });

  it('of a viewer is to read', () => {
    expect(outcome({ '*': 'viewer' }, 'GET')).to.equal('shop-images');
    expect(outcome({ '*': 'viewer' }, 'HEAD')).to.equal('shop-images');
    for (const method of ['PUT', 'DELETE', 'POST']) expect(outcome({ '*': 'viewer' }, method)).to.equal('AccessDenied');
  });

  it('is to read where nothing may be changed', () => {
    expect(outcome({ '*': 'editor' }, 'GET', { readOnly: true })).to.equal('shop-images');
    expect(outcome({ '*': 'editor' }, 'PUT', { readOnly: true })).to.equal('AccessDenied');
  });
});
