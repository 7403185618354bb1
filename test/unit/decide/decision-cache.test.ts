import { expect } from 'chai';
import { decide } from '#refgate/decide/decide.js';
import type { AuthzRequest } from '#refgate/model/authz-request.js';
import type { Snapshot } from '#refgate/model/snapshot.js';
import { hostList, request, snapshotOf } from '../../support/policy-builder.js';

const listed = { referer: { allow: { ...hostList('partner.example'), isDear: true } } };
const partner = 'https://partner.example/page';

/** The reasons of three decisions: the verdict is new, then known but not kept, then kept. */
function thrice(snapshot: Snapshot, asked: AuthzRequest): Set<string> {
  return new Set([1, 2, 3].map(() => decide(snapshot, asked).reason));
}

describe('decision cache', () => {
  it('answers as the rules do, and counts hits and misses', () => {
    const snapshot = snapshotOf([listed], { cacheEntries: 10 });
    const decisions = [1, 2, 3].map(() => decide(snapshot, request({ referer: partner })));
    expect(decisions[2]).to.deep.equal(decisions[0]);
    expect(snapshot.cache).to.include({ hits: 1, misses: 2, size: 1 });
  });

  it('is off with 0 entries', () => {
    expect(snapshotOf([listed], { cacheEntries: 0 }).cache).to.equal(undefined);
  });

  it('is not asked about lists in which a look-up costs less', () => {
    const cheap = { ...hostList('partner.example'), isDear: false };
    const snapshot = snapshotOf([{ referer: { allow: cheap, deny: cheap } }], { cacheEntries: 10 });
    thrice(snapshot, request({ referer: partner }));
    expect(snapshot.cache).to.include({ hits: 0, misses: 0, size: 0 });
  });

  it('is asked where one of the two lists is dear', () => {
    const cheap = { ...hostList('partner.example'), isDear: false };
    const snapshot = snapshotOf([{ referer: { ...listed.referer, deny: cheap } }], { cacheEntries: 10 });
    thrice(snapshot, request({ referer: partner }));
    expect(snapshot.cache).to.include({ hits: 1 });
  });

  it('holds no more than its entries', () => {
    const snapshot = snapshotOf([listed], { cacheEntries: 5 });
    for (let i = 0; i < 100; i++) thrice(snapshot, request({ referer: `${partner}${i}` }));
    expect(snapshot.cache).to.include({ size: 5, misses: 200, hits: 100 });
  });

  it('holds no more than 512 bytes for each of its entries', () => {
    const snapshot = snapshotOf([listed], { cacheEntries: 100 });
    for (let i = 0; i < 100; i++) thrice(snapshot, request({ referer: `${partner}${i}${'x'.repeat(1_000)}` }));
    expect(snapshot.cache?.bytes).to.be.within(40_000, 51_200);
    expect(snapshot.cache?.size).to.be.within(20, 50);
  });

  it('grows by nothing that is asked for once, and keeps what others ask for', () => {
    const snapshot = snapshotOf([listed], { cacheEntries: 10 });
    const own = Array.from({ length: 10 }, (_, page) => request({ referer: `${partner}${page}` }));
    for (const visit of own) thrice(snapshot, visit);
    const held = snapshot.cache?.bytes;
    for (let i = 0; i < 1_000; i++) decide(snapshot, request({ referer: `https://thief.example/${i}` }));
    expect(snapshot.cache).to.include({ size: 10, bytes: held, hits: 10 });
    for (const visit of own) decide(snapshot, visit);
    expect(snapshot.cache).to.include({ hits: 20 });
  });

  it('keeps no Referer over 2 KB, characters of several bytes counted as such', () => {
    const snapshot = snapshotOf([listed], { cacheEntries: 100 });
    for (const tail of ['x'.repeat(2_048), 'é'.repeat(1_020)]) {
      expect(thrice(snapshot, request({ referer: partner + tail }))).to.deep.equal(new Set(['allow_list']));
    }
    expect(snapshot.cache).to.include({ size: 0, misses: 0 });
  });

  it('tells policies apart', () => {
    const open = { name: 'open', referer: { deny: { ...hostList(), isDear: true } } };
    const snapshot = snapshotOf([{ name: 'listed', ...listed }, open], { cacheEntries: 10 });
    const thief = { referer: 'https://thief.example/' };
    for (let round = 0; round < 3; round++) {
      expect(decide(snapshot, request({ ...thief, policyName: 'listed' })).reason).to.equal('not_in_allow_list');
      expect(decide(snapshot, request({ ...thief, policyName: 'open' })).reason).to.equal('default_allow');
    }
    expect(snapshot.cache).to.include({ hits: 2, size: 2 });
  });

  it("tells the site's own pages, whatever host was asked for when the verdict was made", () => {
    const own = { referer: 'https://a.example/' };
    const snapshot = snapshotOf([listed], { cacheEntries: 10 });
    for (let round = 0; round < 3; round++) {
      expect(decide(snapshot, request({ ...own, host: 'a.example' }))).to.include({
        reason: 'self',
        step: 5,
        entry: '',
      });
      expect(decide(snapshot, request({ ...own, host: 'b.example' })).reason).to.equal('not_in_allow_list');
    }
    expect(snapshot.cache).to.include({ hits: 4, misses: 2, size: 1 });
  });

  it('lets a site refer to itself only where the policy does, and never past its deny list', () => {
    const asked = request({ referer: partner, host: 'partner.example' });
    const { allow } = listed.referer;
    const strict = snapshotOf([{ referer: { allow, allowSelf: false } }], { cacheEntries: 10 });
    expect(thrice(strict, asked)).to.deep.equal(new Set(['allow_list']));
    const denying = snapshotOf([{ referer: { deny: allow } }], { cacheEntries: 10 });
    expect(thrice(denying, asked)).to.deep.equal(new Set(['deny_list']));
    expect([strict.cache?.hits, denying.cache?.hits]).to.deep.equal([1, 1]);
  });

  it('takes a Referer that is no URL for no host, the empty one either', () => {
    const snapshot = snapshotOf([listed], { cacheEntries: 10 });
    expect(thrice(snapshot, request({ host: 'x@', referer: 'nonsense' }))).to.deep.equal(new Set(['invalid_referer']));
  });

  it('tells an Origin from a Referer, which `invalid` judges otherwise', () => {
    const referer = { ...listed.referer, absent: 'verify', invalid: 'allow' } as const;
    const snapshot = snapshotOf([{ referer }], { cacheEntries: 10 });
    const byReferer = () => decide(snapshot, request({ referer: 'nonsense/' }));
    const byOrigin = () => decide(snapshot, request({ headers: { origin: 'nonsense' } }));
    for (let round = 0; round < 3; round++) {
      expect(byReferer()).to.include({ action: 'allow', reason: 'invalid_referer', step: 3 });
      expect(byOrigin()).to.include({ action: 'deny', reason: 'invalid_referer', step: 7 });
    }
    expect(snapshot.cache).to.include({ hits: 2, size: 2 });
  });

  it('does not remember what does not depend on the Referer', () => {
    const snapshot = snapshotOf([{ ...listed, exempt: { methods: new Set(['HEAD']) } }], { cacheEntries: 10 });
    const asked = { referer: 'https://x.example/' };
    expect(thrice(snapshot, request({ ...asked, method: 'HEAD' }))).to.deep.equal(new Set(['exempt_method']));
    expect(thrice(snapshot, request())).to.deep.equal(new Set(['empty_denied']));
    expect(snapshot.cache).to.include({ hits: 0, misses: 0 });
  });
});
