import { expect } from 'chai';
import { BucketLimits } from '#refgate/manage/bucket-limits.js';

describe('the limits of requests', () => {
  let now = 0;
  let requestsPerSecond = 3;
  let limits: BucketLimits;

  beforeEach(() => {
    now = 0;
    requestsPerSecond = 3;
    limits = new BucketLimits({ requestsPerSecond: () => requestsPerSecond, now: () => now });
  });

  const admitted = (times: number, ask: () => boolean): number =>
    Array.from({ length: times }, ask).filter((answer) => answer).length;

  it("let a key through with one second's worth at once", () => {
    expect(admitted(10, () => limits.admit('key', 'AK'))).to.equal(3);
  });

  it('fill up as time goes by, and no further', () => {
    admitted(10, () => limits.admit('key', 'AK'));
    now += 334;
    expect(admitted(10, () => limits.admit('key', 'AK'))).to.equal(1);
    now += 3_600_000;
    expect(admitted(10, () => limits.admit('key', 'AK'))).to.equal(3);
  });

  it('are those of each key and each token', () => {
    admitted(10, () => limits.admit('key', 'AK'));
    expect(limits.admit('key', 'AK2')).to.equal(true);
    expect(limits.admit('token', 'AK')).to.equal(true);
    expect(limits.admit('key', 'AK')).to.equal(false);
  });

  it('follow the settings', () => {
    admitted(10, () => limits.admit('key', 'AK'));
    requestsPerSecond = 0;
    expect(admitted(1_000, () => limits.admit('key', 'AK'))).to.equal(1_000);
    requestsPerSecond = 5;
    now += 1_000;
    expect(admitted(10, () => limits.admit('key', 'AK'))).to.equal(5);
  });

  it('take nothing for a clock that stands or goes back', () => {
    admitted(3, () => limits.admit('key', 'AK'));
    now -= 10_000;
    expect(limits.admit('key', 'AK')).to.equal(false);
  });

  it('let an address fail 200 times at once, and then 20 times a second', () => {
    expect(admitted(1_000, () => limits.admitFailure('192.0.2.1'))).to.equal(200);
    now += 1_000;
    expect(admitted(1_000, () => limits.admitFailure('192.0.2.1'))).to.equal(20);
    expect(limits.admitFailure('192.0.2.2')).to.equal(true);
  });

  it('count a network of IPv6 as one address, and a mapped IPv4 address as itself', () => {
    admitted(200, () => limits.admitFailure('2001:db8:0:1::1'));
    expect(limits.admitFailure('2001:db8:0:1:ffff::2')).to.equal(false);
    expect(limits.admitFailure('2001:db8:0:2::1')).to.equal(true);
    admitted(200, () => limits.admitFailure('192.0.2.1'));
    expect(limits.admitFailure('::ffff:192.0.2.1')).to.equal(false);
    expect(limits.admitFailure('::ffff:192.0.2.2')).to.equal(true);
  });

  it('remember a bounded number of addresses', () => {
    admitted(200, () => limits.admitFailure('192.0.2.1'));
    for (let other = 0; other < 10_000; other++) limits.admitFailure(`10.0.${other >> 8}.${other & 255}`);
    expect(limits.admitFailure('192.0.2.1')).to.equal(true);
  });
});
