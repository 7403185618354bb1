import { expect } from 'chai';
import { buildAddressSet } from '#refgate/match/address-set.js';
import { network, network6 } from './entries.js';

describe('address set', () => {
  const set = buildAddressSet([
    network('192.0.2.0/24').host,
    network('192.0.2.128/25').host,
    network('198.51.100.7').host,
    network('255.255.255.255').host,
    network6('2001:db8:0:0:0:0:0:0/32').host,
    network6('fe80:0:0:0:0:0:0:0/10').host,
  ]);

  for (const address of [
    '192.0.2.0',
    '192.0.2.127',
    '192.0.2.255',
    '198.51.100.7',
    '255.255.255.255',
    '::ffff:192.0.2.1',
    '::FFFF:C000:0201',
    '2001:db8::',
    '2001:DB8:1:2:3:4:5:6',
    '2001:db8::192.0.2.1',
    'fe80::1%eth0',
    'fe80::1',
  ]) {
    it(`holds ${address}`, () => expect(set.has(address)).to.equal(true));
  }

  for (const address of [
    '192.0.1.255',
    '192.0.3.0',
    '198.51.100.6',
    '0.0.0.0',
    '::',
    '::192.0.2.1',
    '2001:db7::1',
    '2001:db9::',
  ]) {
    it(`does not hold ${address}`, () => expect(set.has(address)).to.equal(false));
  }

  for (const text of [
    '',
    'example.com',
    '192.0.2',
    '192.0.2.1.1',
    '192.0.2.01',
    '192.0.2.0x1',
    '3221225985',
    '192.0.2.1:80',
  ]) {
    it(`reads no address in "${text}"`, () => expect(set.has(text)).to.equal(false));
  }

  for (const text of [
    '[2001:db8::1]',
    '2001:db8',
    '2001:db8:::1',
    ':2001:db8::1',
    '2001:db8::1:',
    '2001:db8::g',
    'fe80::1%',
  ]) {
    it(`reads no address in "${text}"`, () => expect(set.has(text)).to.equal(false));
  }

  it('takes a block of IPv4-mapped addresses for the block of IPv4 addresses', () => {
    const mapped = buildAddressSet([network6('0:0:0:0:0:ffff:c000:200/120').host]);
    expect(mapped.has('192.0.2.9')).to.equal(true);
    expect(mapped.has('::ffff:c000:209')).to.equal(true);
    expect(mapped.has('192.0.3.9')).to.equal(false);
  });

  it('keeps the families apart: ::/0 holds no IPv4 address, 0.0.0.0/0 no IPv6 address', () => {
    const ipv6 = buildAddressSet([network6('0:0:0:0:0:0:0:0/0').host]);
    const ipv4 = buildAddressSet([network('0.0.0.0/0').host]);
    expect([ipv6.has('::1'), ipv6.has('192.0.2.1')]).to.deep.equal([true, false]);
    expect([ipv4.has('::1'), ipv4.has('192.0.2.1')]).to.deep.equal([false, true]);
  });

  it('holds nothing when it is empty', () => expect(buildAddressSet([]).has('192.0.2.1')).to.equal(false));
});
