import { expect } from 'chai';
import { decide } from '#refgate/decide/decide.js';
import { hostList, request, snapshotOf } from '../../support/policy-builder.js';

const listed = { referer: { allow: hostList('partner.example') } };
const partner = 'https://partner.example/page';

describe('decision cache', () => {
  it('answers as the rules do, and counts hits and misses', () => {
    const snapshot = snapshotOf([listed], { cacheEntries: 10 });
    const first = decide(snapshot, request({ referer: partner }));
    const second = decide(snapshot, request({ referer: partner }));
    expect(second).to.deep.equal(first);
    expect(snapshot.cache).to.include({ hits: 1, misses: 1, size: 1 });
  });

  it('is off with 0 entries', () => {
    expect(snapshotOf([listed], { cacheEntries: 0 }).cache).to.equal(undefined);
  });

  it('holds no more than its entries', () => {
    const snapshot = snapshotOf([listed], { cacheEntries: 5 });
    for (let i = 0; i < 100; i++) decide(snapshot, request({ referer: `${partner}${i}` }));
    expect(snapshot.cache).to.include({ size: 5, misses: 100 });
  });

  it('keeps no key over 512 bytes, characters of several bytes counted as such', () => {
    const snapshot = snapshotOf([listed], { cacheEntries: 10 });
    for (const tail of ['x'.repeat(512), 'é'.repeat(250)]) {
      expect(decide(snapshot, request({ referer: partner + tail })).reason).to.equal('allow_list');
    }
    expect(snapshot.cache).to.include({ size: 0, misses: 0 });
  });

  it('tells policies apart', () => {
    const snapshot = snapshotOf([{ name: 'listed', ...listed }, { name: 'open' }], { cacheEntries: 10 });
    const thief = { referer: 'https://thief.example/' };
    expect(decide(snapshot, request({ ...thief, policyName: 'listed' })).reason).to.equal('not_in_allow_list');
    expect(decide(snapshot, request({ ...thief, policyName: 'open' })).reason).to.equal('default_allow');
  });

  it('tells hosts apart where a site may refer to itself, and only there', () => {
    const own = { referer: 'https://a.example/' };
    const selfish = snapshotOf([listed], { cacheEntries: 10 });
    expect(decide(selfish, request({ ...own, host: 'a.example' })).reason).to.equal('self');
    expect(decide(selfish, request({ ...own, host: 'b.example' })).reason).to.equal('not_in_allow_list');
    const strict = snapshotOf([{ referer: { ...listed.referer, allowSelf: false } }], { cacheEntries: 10 });
    expect(decide(strict, request({ ...own, host: 'a.example' })).reason).to.equal('not_in_allow_list');
    expect(decide(strict, request({ ...own, host: 'b.example' })).reason).to.equal('not_in_allow_list');
    expect(strict.cache).to.include({ hits: 1, size: 1 });
  });

  it('takes no host and Referer for another pair of the same text', () => {
    const snapshot = snapshotOf([listed], { cacheEntries: 10 });
    expect(decide(snapshot, request({ host: 'ahttp', referer: '://a/' })).reason).to.equal('invalid_referer');
    expect(decide(snapshot, request({ host: 'a', referer: 'http://a/' })).reason).to.equal('self');
  });

  it('tells an Origin from a Referer, which `invalid` judges otherwise', () => {
    const referer = { ...listed.referer, absent: 'verify', invalid: 'allow' } as const;
    const snapshot = snapshotOf([{ referer }], { cacheEntries: 10 });
    const byReferer = () => decide(snapshot, request({ referer: 'nonsense/' }));
    const byOrigin = () => decide(snapshot, request({ headers: { origin: 'nonsense' } }));
    for (let twice = 0; twice < 2; twice++) {
      expect(byReferer()).to.include({ action: 'allow', reason: 'invalid_referer', step: 3 });
      expect(byOrigin()).to.include({ action: 'deny', reason: 'invalid_referer', step: 7 });
    }
    expect(snapshot.cache).to.include({ hits: 2, size: 2 });
  });

  it('does not remember what does not depend on the Referer', () => {
    const snapshot = snapshotOf([{ ...listed, exempt: { methods: new Set(['HEAD']) } }], { cacheEntries: 10 });
    expect(decide(snapshot, request({ referer: 'https://x.example/', method: 'HEAD' })).reason).to.equal(
      'exempt_method',
    );
    expect(decide(snapshot, request({ referer: 'https://x.example/' })).reason).to.equal('not_in_allow_list');
    expect(decide(snapshot, request()).reason).to.equal('empty_denied');
    expect(snapshot.cache?.size).to.equal(1);
  });
});
