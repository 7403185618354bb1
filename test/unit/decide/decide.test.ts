import { expect } from 'chai';
import { decide } from '#refgate/decide/decide.js';
import { hostList, type PolicyParts, type RequestParts, request, snapshotOf } from '../../support/policy-builder.js';

const partner = 'https://partner.example/page';
const thief = 'https://thief.example/';
const addresses = (...known: readonly string[]) => ({ has: (address: string) => known.includes(address) });
const texts = (...known: readonly string[]) => ({ matches: (text: string) => known.includes(text) });

function decideBy(parts: PolicyParts, requestParts: RequestParts = {}) {
  return decide(snapshotOf([parts]), request(requestParts));
}

describe('decide', () => {
  describe('step 1: the policy', () => {
    it('gives the default action where no policy covers the request', () => {
      const never: PolicyParts = { match: { methods: new Set(['PUT']) } };
      const allowed = decide(snapshotOf([never]), request());
      const denied = decide(snapshotOf([never], { defaultAction: 'deny', shadow: true }), request());
      expect(allowed).to.include({ action: 'allow', reason: 'no_policy', step: 1, passes: true, mode: '' });
      expect(denied).to.include({ action: 'deny', reason: 'no_policy', step: 1, passes: false, mode: '' });
    });

    it('takes the first policy whose conditions all hold', () => {
      const conditions: readonly [PolicyParts['match'], RequestParts][] = [
        [{ methods: new Set(['POST']) }, { method: 'post' }],
        [{ schemes: new Set(['http']) }, { scheme: 'HTTP' }],
        [{ extensions: new Set(['mp4']) }, { target: '/v.tar/clip.MP4?x=.jpg' }],
        [{ paths: texts('/video/a.mp4') }, { target: '//video/%2e/a%2Emp4?b' }],
        [{ clientIps: addresses('192.0.2.1') }, { clientIp: '192.0.2.1' }],
      ];
      for (const [match = {}, holds] of conditions) {
        const snapshot = snapshotOf([{ name: 'first', match }, { name: 'second' }]);
        expect(decide(snapshot, request(holds)).policy?.name).to.equal('first');
        expect(decide(snapshot, request()).policy?.name).to.equal('second');
      }
    });

    it('takes a request without a method for GET, and without a scheme for http', () => {
      const match = { methods: new Set(['GET']), schemes: new Set(['http']) };
      expect(decide(snapshotOf([{ match }]), request({ method: '', scheme: '' })).reason).to.equal('empty_denied');
    });

    it('reads no extension out of a folder name', () => {
      const snapshot = snapshotOf([{ match: { extensions: new Set(['mp4', 'mp4/a']) } }]);
      expect(decide(snapshot, request({ target: '/x.mp4/a' })).reason).to.equal('no_policy');
    });

    it('takes a policy that the proxy names, whatever its conditions', () => {
      const snapshot = snapshotOf([{ name: 'named', match: { methods: new Set() } }]);
      expect(decide(snapshot, request({ policyName: 'named' })).policy?.name).to.equal('named');
    });

    it('denies an unknown name, an empty one too, and shadow mode does not soften it', () => {
      const snapshot = snapshotOf([{}], { shadow: true });
      for (const policyName of ['', 'Policy-0', '__proto__']) {
        const expected = { action: 'deny', reason: 'unknown_policy', passes: false, mode: '', policy: undefined };
        expect(decide(snapshot, request({ policyName }))).to.include(expected);
      }
    });
  });

  describe('step 2: exemptions', () => {
    it('lets exempt requests pass, each with its reason', () => {
      const cases: readonly [PolicyParts['exempt'], RequestParts, string][] = [
        [{ methods: new Set(['OPTIONS']) }, { method: 'OPTIONS' }, 'exempt_method'],
        [{ clientIps: addresses('192.0.2.1') }, { clientIp: '192.0.2.1' }, 'exempt_client_ip'],
        [{ userAgents: texts('bot') }, { headers: { 'user-agent': 'bot' } }, 'exempt_user_agent'],
        [
          { verifiedBots: [{ name: 'bot', ranges: addresses('192.0.2.1') }] },
          { headers: { 'user-agent': 'Bot/1' }, clientIp: '192.0.2.1' },
          'exempt_verified_bot',
        ],
        [{ authorization: true }, { headers: { authorization: 'Basic eA==' } }, 'exempt_authorization'],
      ];
      for (const [exempt = {}, holds, reason] of cases) {
        expect(decideBy({ exempt }, holds)).to.include({ action: 'allow', reason, step: 2 });
        expect(decideBy({ exempt })).to.include({ action: 'deny', reason: 'empty_denied' });
      }
    });

    it('takes a blank Authorization for none', () => {
      const exempt = { authorization: true };
      expect(decideBy({ exempt }, { headers: { authorization: ' \t' } }).reason).to.equal('empty_denied');
    });

    it('lets a redirected client have the redirect target, whatever the scheme and port', () => {
      const redirectTarget = { host: 'shop.example', path: '/no.png', query: undefined };
      const at = (host: string, target: string) => decideBy({ exempt: { redirectTarget } }, { host, target }).reason;
      expect(at('SHOP.example:8080', '/a/..//no%2Epng?x')).to.equal('exempt_redirect_target');
      expect(at('shop.example', '/no.png/x')).to.equal('empty_denied');
      expect(at('www.shop.example', '/no.png')).to.equal('empty_denied');
    });

    it('counts the query only where the target has one', () => {
      const redirectTarget = { host: 'shop.example', path: '/no', query: 'id=1' };
      const at = (target: string) => decideBy({ exempt: { redirectTarget } }, { host: 'shop.example', target }).reason;
      expect(at('/no?id=1')).to.equal('exempt_redirect_target');
      expect(at('/no?id=2')).to.equal('empty_denied');
      expect(at('/no')).to.equal('empty_denied');
    });
  });

  describe('step 3: the empty and the unreadable Referer', () => {
    it('tells absent from blank', () => {
      const referer = { absent: 'allow', blank: 'deny' } as const;
      expect(decideBy({ referer })).to.include({ action: 'allow', reason: 'empty_allowed', step: 3 });
      expect(decideBy({ referer }, { referer: ' \t ' })).to.include({
        action: 'deny',
        reason: 'empty_denied',
        step: 3,
      });
      expect(decideBy({ referer }, { referer: ['', ' '] })).to.include({ reason: 'empty_denied' });
    });

    it('asks the other headers where the policy says verify, and names the host of an Origin', () => {
      const referer = { absent: 'verify', verifyFallback: 'deny', allow: hostList('partner.example') } as const;
      const by = (headers: RequestParts['headers'] = {}) => decideBy({ referer }, { headers });
      expect(by({ 'sec-fetch-site': 'none' })).to.include({ action: 'allow', reason: 'empty_verified', step: 3 });
      expect(by({ 'sec-fetch-site': 'cross-site' })).to.include({ reason: 'empty_cross_site', step: 3, passes: false });
      expect(by()).to.include({ action: 'deny', reason: 'empty_denied', step: 3 });
      const partnersOrigin = {
        reason: 'allow_list',
        step: 6,
        refererHost: 'partner.example',
        entry: 'partner.example',
      };
      expect(by({ origin: 'https://partner.example' })).to.include(partnersOrigin);
    });

    it('keeps the true verdict of verify in shadow mode', () => {
      const headers = { 'sec-fetch-site': 'cross-site' };
      const expected = { action: 'deny', reason: 'empty_cross_site', passes: true, mode: 'shadow' };
      expect(decideBy({ mode: 'shadow', referer: { absent: 'verify' } }, { headers })).to.include(expected);
    });

    it('lets the lists judge an invalid Referer: an allow list denies it, a deny list lets it pass', () => {
      const allow = { allow: hostList('partner.example') };
      const deny = { deny: hostList('thief.example') };
      for (const invalid of ['no-url', [partner, partner], [partner, ''], `https://x.example/${'a'.repeat(17_000)}`]) {
        const listed = decideBy({ referer: allow }, { referer: invalid });
        expect(listed).to.include({ action: 'deny', reason: 'invalid_referer', step: 7, refererHost: '' });
        expect(decideBy({ referer: deny }, { referer: invalid })).to.include({
          action: 'allow',
          reason: 'default_allow',
        });
      }
    });

    it('decides an invalid Referer at once where the policy says how', () => {
      for (const invalid of ['allow', 'deny'] as const) {
        const decision = decideBy({ referer: { invalid, allow: hostList() } }, { referer: 'no-url' });
        expect(decision).to.include({ action: invalid, reason: 'invalid_referer', step: 3 });
      }
    });

    it('takes exactly 16,384 bytes of UTF-8, white space around it not counted', () => {
      const referer = { allow: hostList('partner.example') };
      const longest = `${partner}?${'é'.repeat((16_384 - partner.length - 1) / 2)}`;
      const padding = 'x'.repeat(16_384 - Buffer.byteLength(longest));
      expect(decideBy({ referer }, { referer: `  ${longest}${padding}\t` }).reason).to.equal('allow_list');
      expect(decideBy({ referer }, { referer: `${longest}${padding}x` }).reason).to.equal('invalid_referer');
    });
  });

  describe('steps 4 to 8: the lists', () => {
    const both = { allow: hostList('partner.example', 'thief.example'), deny: hostList('thief.example') };

    it('asks the deny list before all else', () => {
      const decision = decideBy({ referer: both }, { referer: thief, host: 'thief.example' });
      const expected = {
        action: 'deny',
        reason: 'deny_list',
        step: 4,
        entry: 'thief.example',
        refererHost: 'thief.example',
      };
      expect(decision).to.include(expected);
    });

    it('lets a site refer to itself, ports ignored, unless the policy forbids it', () => {
      const own = { referer: 'http://CDN.shop.example:81/', host: 'cdn.Shop.example.:8080' };
      expect(decideBy({ referer: both }, own)).to.include({ action: 'allow', reason: 'self', step: 5, entry: '' });
      const forbidden = decideBy({ referer: { ...both, allowSelf: false } }, own);
      expect(forbidden).to.include({ action: 'deny', reason: 'not_in_allow_list', step: 7 });
    });

    it('asks the allow list, and denies what it does not hold', () => {
      const listed = decideBy({ referer: both }, { referer: partner });
      expect(listed).to.include({ action: 'allow', reason: 'allow_list', step: 6, entry: 'partner.example' });
      const other = decideBy({ referer: both }, { referer: 'https://other.example/' });
      expect(other).to.include({ action: 'deny', reason: 'not_in_allow_list', step: 7, entry: '' });
    });

    it('denies everything by an allow list of nothing, and allows without one', () => {
      expect(decideBy({ referer: { allow: hostList() } }, { referer: partner }).reason).to.equal('not_in_allow_list');
      expect(decideBy({}, { referer: partner })).to.include({ action: 'allow', reason: 'default_allow', step: 8 });
    });
  });

  it('lets a deny pass in shadow mode, and keeps the true verdict', () => {
    const expected = { action: 'deny', reason: 'empty_denied', mode: 'shadow', passes: true };
    expect(decide(snapshotOf([{ mode: 'shadow' }]), request())).to.include(expected);
    expect(decide(snapshotOf([{}], { shadow: true }), request())).to.include(expected);
  });

  it('names the generation that decided', () => {
    expect(decide(snapshotOf([{}], { generation: 7 }), request()).generation).to.equal(7);
  });
});
