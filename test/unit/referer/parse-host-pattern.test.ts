import { expect } from 'chai';
import { parseHostPattern } from '#refgate/referer/parse-host-pattern.js';

const name = (text: string, self: boolean, below: string) => ({ kind: 'name', name: text, self, below });

describe('parseHostPattern', () => {
  for (const [text, pattern] of [
    ['cdn.example.com', name('cdn.example.com', true, 'none')],
    [' CDN.Example.com. ', name('cdn.example.com', true, 'none')],
    ['*.example.com', name('example.com', false, 'any')],
    ['**.example.com', name('example.com', false, 'any')],
    ['.example.com', name('example.com', true, 'any')],
    ['*', { kind: 'any' }],
    ['**', { kind: 'any' }],
    ['bücher.example', name('xn--bcher-kva.example', true, 'none')],
    ['a*b.example.com', { kind: 'wildcard', labels: ['a*b', 'example', 'com'], below: false }],
    ['*.a*b.example.com', { kind: 'wildcard', labels: ['**', 'a*b', 'example', 'com'], below: false }],
    ['.a*b.example.com', { kind: 'wildcard', labels: ['a*b', 'example', 'com'], below: true }],
    ['www.*.example.com', { kind: 'wildcard', labels: ['www', '*', 'example', 'com'], below: false }],
    ['192.0.2.1', { kind: 'network', address: Uint8Array.of(192, 0, 2, 1), prefix: 32 }],
    ['[::ffff:192.0.2.1]', { kind: 'network', address: Uint8Array.of(192, 0, 2, 1), prefix: 32 }],
  ] as const) {
    it(`reads ${text}`, () => {
      expect(parseHostPattern(text)).to.deep.equal(pattern);
    });
  }

  it('reads an IPv6 address with and without brackets alike', () => {
    expect(parseHostPattern('2001:db8::1')).to.deep.equal(parseHostPattern('[2001:db8::1]'));
    expect(parseHostPattern('[2001:db8::1]')).to.have.property('prefix', 128);
  });

  for (const [text, problem] of [
    ['', /^empty/],
    ['https://cdn.example.com', /^scheme before the host: .* match\.schemes$/],
    ['cdn.example.com:8443', /^port after the host/],
    ['cdn.example.com:', /^port after the host/],
    ['[2001:db8::1]:443', /^port after the host/],
    ['cdn.example.com/images', /^path after the host: .* match\.paths$/],
    ['192.0.2.0/24', /^CIDR block: .* match\.clientIps$/],
    ['2001:db8::/32', /^CIDR block/],
    ['user@cdn.example.com', /^user info before @/],
    ['~^cdn', /stand in referer lists alone/],
    ['a..example', /^empty label/],
    ['.*', /^dot before a wildcard/],
    ['a b', /^white space/],
  ] as const) {
    it(`does not read ${JSON.stringify(text)}: ${problem.source}`, () => {
      expect(parseHostPattern(text)).to.have.property('problem').that.matches(problem);
    });
  }
});
