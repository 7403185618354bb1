import { expect } from 'chai';
import { parseNetwork } from '#refgate/referer/parse-network.js';

/** `10.0.0.0/8` for four bytes, `20010db8…/32` for sixteen. */
function show(text: string): string | undefined {
  const network = parseNetwork(text);
  if (network === undefined) return undefined;
  const bytes = Buffer.from(network.address);
  return `${bytes.length === 4 ? bytes.join('.') : bytes.toString('hex')}/${network.prefix}`;
}

describe('parseNetwork', () => {
  for (const [text, expected] of [
    ['192.0.2.1', '192.0.2.1/32'],
    ['192.0.2.0/24', '192.0.2.0/24'],
    ['192.0.2.77/24', '192.0.2.0/24'],
    ['192.0.2.255/25', '192.0.2.128/25'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['255.255.255.255/31', '255.255.255.254/31'],
    ['2001:db8::1', '20010db8000000000000000000000001/128'],
    ['[2001:db8::1]', '20010db8000000000000000000000001/128'],
    ['2001:db8:ffff::/33', '20010db8800000000000000000000000/33'],
    ['[2001:DB8::]/32', '20010db8000000000000000000000000/32'],
    ['::/0', '00000000000000000000000000000000/0'],
    ['::ffff:192.0.2.1', '192.0.2.1/32'],
    ['::ffff:c000:201', '192.0.2.1/32'],
    ['[::ffff:192.0.2.77]/120', '192.0.2.0/24'],
    ['::ffff:0:0/96', '0.0.0.0/0'],
    ['::ffff:0:0/95', '00000000000000000000fffe00000000/95'],
  ] as const) {
    it(`reads ${text} as ${expected}`, () => {
      expect(show(text)).to.equal(expected);
    });
  }

  for (const text of [
    '',
    '/',
    '/24',
    'shop.example',
    '192.0.2',
    '127.1',
    '0x7f.0.0.1',
    '010.0.0.1',
    '192.0.2.256',
    '192.0.2.0/33',
    '192.0.2.0/',
    '192.0.2.0/024',
    '192.0.2.0/-1',
    '192.0.2.0/2 4',
    '192.0.2.0/24/8',
    '[192.0.2.1]',
    '2001:db8::/129',
    '[2001:db8::',
    '2001:db8::]',
    '[2001:db8::/32]',
    'fe80::1%eth0',
    '::ffff:010.0.0.1',
    '1::2::3',
  ]) {
    it(`does not read ${JSON.stringify(text)}`, () => {
      expect(parseNetwork(text)).to.equal(undefined);
    });
  }
});
