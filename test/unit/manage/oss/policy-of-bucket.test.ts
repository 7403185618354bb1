import { expect } from 'chai';
import { bucketOfPolicy } from '#refgate/manage/oss/bucket-of-policy.js';
import type { BucketReferer } from '#refgate/manage/oss/bucket-referer.js';
import { policyOfBucket } from '#refgate/manage/oss/policy-of-bucket.js';
import type { Bucket } from '#refgate/manage/settings/manage-settings.js';
import type { PolicySource } from '#refgate/rules/validate/schema.js';

const bucket: Bucket = { name: 'shop-images', hosts: ['img.shop.example', '*.img.shop.example'], policy: 'shop' };

const referer: BucketReferer = {
  allowEmptyReferer: false,
  allowTruncateQueryString: true,
  truncatePath: true,
  refererList: ['http://a.example/', 'http://b.example/'],
  refererBlacklist: ['http://c.example/'],
};

const policy: PolicySource = {
  name: 'shop',
  match: { hosts: ['img.shop.example', '*.img.shop.example'] },
  referer: {
    dialect: 'oss',
    allow: ['http://a.example/', 'http://b.example/'],
    deny: ['http://c.example/'],
    empty: 'deny',
    truncateQuery: true,
    truncatePath: true,
    allowSelf: false,
  },
  onDeny: { format: 'oss-xml' },
};

const withReferer = (more: Partial<PolicySource['referer']>): PolicySource => ({
  ...policy,
  referer: { ...policy.referer, ...more },
});

describe('the policy of a bucket', () => {
  it('is what the call says', () => expect(policyOfBucket(bucket, referer, undefined)).to.deep.equal(policy));

  it('has no deny list where there is none', () => {
    const put = { ...referer, refererBlacklist: [], refererList: [], allowEmptyReferer: true };
    const { deny: _deny, ...rest } = policy.referer;
    expect(policyOfBucket(bucket, put, policy).referer).to.deep.equal({ ...rest, allow: [], empty: 'allow' });
  });

  it('keeps what the call is not about', () => {
    const edited: PolicySource = {
      ...policy,
      name: 'other',
      description: 'pictures',
      mode: 'shadow',
      match: { hosts: ['other.example'], methods: ['GET'] },
      referer: { allow: ['a.example'], invalid: 'allow' },
      exempt: { authorization: false },
      onDeny: { status: 404, headers: { 'x-a': 'b' } },
    };
    expect(policyOfBucket(bucket, referer, edited)).to.deep.equal({
      ...edited,
      name: 'shop',
      match: { hosts: bucket.hosts, methods: ['GET'] },
      referer: { ...policy.referer, invalid: 'allow' },
      onDeny: { status: 404, headers: { 'x-a': 'b' }, format: 'oss-xml' },
    });
  });

  it('leaves no fallback behind that falls back on nothing', () => {
    const edited = withReferer({ empty: 'verify', verifyFallback: 'deny' });
    expect(policyOfBucket(bucket, referer, edited)).to.deep.equal(policy);
  });

  for (const onDeny of [{ redirect: 'https://shop.example/' }, { body: 'no' }, { contentType: 'text/html' }])
    it(`keeps an answer that somebody wrote: ${Object.keys(onDeny)[0]}`, () => {
      expect(policyOfBucket(bucket, referer, { ...policy, onDeny }).onDeny).to.deep.equal(onDeny);
    });

  it('keeps a list elsewhere that the call names as it was told', () => {
    const allow = ['http://a.example/', { file: 'partners.txt' }, { preset: 'search-engines' as const }];
    const edited = withReferer({ allow });
    const told = bucketOfPolicy(edited);
    expect(told.refererList).to.deep.equal([
      'http://a.example/',
      '{ file: partners.txt }',
      '{ preset: search-engines }',
    ]);
    expect(policyOfBucket(bucket, told, edited).referer.allow).to.deep.equal(allow);
  });

  it('takes no list elsewhere that nobody named in that list', () => {
    const put = { ...referer, refererList: ['{ file: ../secret }'], refererBlacklist: ['{ file: partners.txt }'] };
    const edited = withReferer({ allow: [{ file: 'partners.txt' }] });
    expect(policyOfBucket(bucket, put, edited).referer).to.deep.include({
      allow: ['{ file: ../secret }'],
      deny: ['{ file: partners.txt }'],
    });
  });
});

describe('what is told of a bucket', () => {
  it('is what was put', () =>
    expect(bucketOfPolicy(policyOfBucket(bucket, referer, undefined))).to.deep.equal(referer));

  const empties: [Partial<PolicySource['referer']>, boolean][] = [
    [{ empty: 'allow' }, true],
    [{ empty: 'deny' }, false],
    [{ empty: 'verify' }, true],
    [{ empty: 'verify', verifyFallback: 'deny' }, false],
    [{ empty: { absent: 'allow', blank: 'deny' } }, true],
    [{ empty: { blank: 'allow' } }, false],
    [{ empty: { absent: 'verify' }, verifyFallback: 'deny' }, false],
  ];
  for (const [given, passes] of empties)
    it(`says AllowEmptyReferer ${passes} of ${JSON.stringify(given)}`, () => {
      expect(bucketOfPolicy(withReferer(given)).allowEmptyReferer).to.equal(passes);
    });

  it('is the nearest to a policy of hosts', () => {
    expect(bucketOfPolicy({ name: 'a', referer: { allow: ['a.example'] } })).to.deep.equal({
      allowEmptyReferer: false,
      allowTruncateQueryString: true,
      truncatePath: false,
      refererList: ['a.example'],
      refererBlacklist: [],
    });
  });
});
