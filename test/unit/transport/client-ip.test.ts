import { expect } from 'chai';
import { clientIp } from '#refgate/transport/client-ip.js';

const PEER = '10.0.0.9';

/** [X-Forwarded-For, trusted hops, client]. */
const CASES: readonly (readonly [readonly string[] | undefined, number, string])[] = [
  // Without trusted hops no header is believed.
  [['203.0.113.7'], 0, PEER],
  [undefined, 0, PEER],
  [undefined, 1, PEER],
  [[], 1, PEER],
  [[''], 1, PEER],

  // The peer is appended, then N to its left.
  [['203.0.113.7'], 1, '203.0.113.7'],
  [['6.6.6.6, 203.0.113.7'], 1, '203.0.113.7'],
  [['6.6.6.6, 203.0.113.7, 10.0.0.5'], 2, '203.0.113.7'],
  [['203.0.113.7,10.0.0.5'], 2, '203.0.113.7'],

  // Unless it is the last value already, as Envoy sends it.
  [['203.0.113.7, 10.0.0.9'], 1, '203.0.113.7'],
  [['6.6.6.6,203.0.113.7,10.0.0.9'], 1, '203.0.113.7'],
  [['203.0.113.7, ::ffff:10.0.0.9'], 1, '203.0.113.7'],
  [['203.0.113.7, 10.0.0.9:41234'], 1, '203.0.113.7'],
  [['10.0.0.9, 203.0.113.7'], 1, '203.0.113.7'],
  [['10.0.0.9'], 1, PEER],

  // Several lines are one list.
  [['6.6.6.6', '203.0.113.7'], 1, '203.0.113.7'],
  [['203.0.113.7', '10.0.0.5, 10.0.0.9'], 2, '203.0.113.7'],

  // Too short.
  [['203.0.113.7'], 2, PEER],
  [['203.0.113.7, 10.0.0.9'], 2, PEER],
  [['203.0.113.7'], 1000, PEER],

  // Spellings of an address.
  [['\t 203.0.113.7 \t'], 1, '203.0.113.7'],
  [['203.0.113.7:5678'], 1, '203.0.113.7'],
  [['2001:db8::1'], 1, '2001:db8::1'],
  [['[2001:db8::1]'], 1, '2001:db8::1'],
  [['[2001:db8::1]:443'], 1, '2001:db8::1'],
  [['::ffff:203.0.113.7'], 1, '::ffff:203.0.113.7'],

  // Unreadable.
  [['unknown'], 1, PEER],
  [['"203.0.113.7"'], 1, PEER],
  [['203.0.113'], 1, PEER],
  [['203.0.113.07'], 1, PEER],
  [['0x7f.0.0.1'], 1, PEER],
  [['2130706433'], 1, PEER],
  [['203.0.113.7:'], 1, PEER],
  [['203.0.113.7:123456'], 1, PEER],
  [['[203.0.113.7]:80'], 1, PEER],
  [['[2001:db8::1'], 1, PEER],
  [['fe80::1%eth0'], 1, PEER],
  [['_hidden'], 1, PEER],
  [['for=203.0.113.7'], 1, PEER],
  // A left-hand value must not slide into the place of an unreadable one.
  [['6.6.6.6, unknown'], 1, PEER],
  [['6.6.6.6, '], 1, PEER],
  [['6.6.6.6,,10.0.0.5'], 2, PEER],
];

describe('clientIp', () => {
  for (const [forwardedFor, trustedHops, expected] of CASES) {
    it(`${JSON.stringify(forwardedFor)} with ${trustedHops} trusted hops is ${expected}`, () => {
      expect(clientIp(PEER, forwardedFor, trustedHops)).to.equal(expected);
    });
  }

  it('goes on from a peer that is not known, such as a Unix socket', () => {
    expect(clientIp('', ['203.0.113.7'], 1)).to.equal('203.0.113.7');
    expect(clientIp('', undefined, 1)).to.equal('');
  });

  it('finds an IPv6 peer in another spelling', () => {
    expect(clientIp('2001:db8::9', ['203.0.113.7, 2001:DB8:0:0::9'], 1)).to.equal('203.0.113.7');
  });

  it('takes a list of 64 KB in its stride', () => {
    expect(clientIp(PEER, [','.repeat(65_536)], 3)).to.equal(PEER);
  });
});
