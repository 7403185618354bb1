import { expect } from 'chai';
import type { HostPattern } from '#refgate/model/entry.js';
import { parseEntry } from '#refgate/referer/parse-entry.js';

/** One line for a host's shape, so that a case is one line. */
function show(host: HostPattern): string {
  switch (host.kind) {
    case 'any':
      return 'any host';
    case 'name':
      return `${host.name}, self ${host.self}, below ${host.below}`;
    case 'wildcard':
      return `${host.labels.join(' . ')}${host.below ? ' and below' : ''}`;
    case 'network':
      return `${Buffer.from(host.address).toString('hex')}/${host.prefix}`;
  }
}

function hostOf(text: string, exact: boolean): string {
  const entry = parseEntry(text, { exact });
  return 'problem' in entry ? entry.problem : show(entry.host);
}

describe('parseEntry', () => {
  describe('host', () => {
    for (const [text, off, on] of [
      ['example.com', 'example.com, self true, below any', 'example.com, self true, below none'],
      ['Example.COM.', 'example.com, self true, below any', 'example.com, self true, below none'],
      ['.example.com', 'example.com, self true, below any', 'example.com, self true, below any'],
      ['*.example.com', 'example.com, self false, below any', 'example.com, self false, below one'],
      ['**.example.com', 'example.com, self false, below any', 'example.com, self false, below any'],
      ['a*b.example.com', 'a*b . example . com and below', 'a*b . example . com'],
      ['.a*b.example.com', 'a*b . example . com and below', 'a*b . example . com and below'],
      ['www.example.*', 'www . example . * and below', 'www . example . *'],
      ['img?.example.com', 'img? . example . com and below', 'img? . example . com'],
      ['*.*.example.com', '* . * . example . com and below', '* . * . example . com'],
      ['a.**.example.com', 'a . ** . example . com and below', 'a . ** . example . com'],
      ['.*.example.com', 'example.com, self false, below any', 'example.com, self false, below any'],
      ['*', 'any host', '*'],
      ['**', 'any host', 'any host'],
      ['?', '? and below', '?'],
      ['localhost', 'localhost, self true, below any', 'localhost, self true, below none'],
      ['a_b.example', 'a_b.example, self true, below any', 'a_b.example, self true, below none'],
      ['BÜCHER.example', 'xn--bcher-kva.example, self true, below any', 'xn--bcher-kva.example, self true, below none'],
      [
        '*.bücher。example',
        'xn--bcher-kva.example, self false, below any',
        'xn--bcher-kva.example, self false, below one',
      ],
      ['192.0.2.1', 'c0000201/32', 'c0000201/32'],
      ['192.0.2.1.', 'c0000201/32', 'c0000201/32'],
      ['127.1', '7f000001/32', '7f000001/32'],
      ['0x7f.0.0.1', '7f000001/32', '7f000001/32'],
      ['2130706433', '7f000001/32', '7f000001/32'],
      ['192.0.2.*', '192 . 0 . 2 . * and below', '192 . 0 . 2 . *'],
      ['192.0.2.77/24', 'c0000200/24', 'c0000200/24'],
      ['[2001:db8::1]', '20010db8000000000000000000000001/128', '20010db8000000000000000000000001/128'],
      ['2001:db8::/32', '20010db8000000000000000000000000/32', '20010db8000000000000000000000000/32'],
      ['[2001:db8::]/32', '20010db8000000000000000000000000/32', '20010db8000000000000000000000000/32'],
      ['[::ffff:192.0.2.1]', 'c0000201/32', 'c0000201/32'],
    ] as const) {
      it(`reads ${text} as ${off}; with exact ${on}`, () => {
        expect(hostOf(text, false)).to.equal(off);
        expect(hostOf(text, true)).to.equal(on);
      });
    }
  });

  describe('the other parts', () => {
    for (const [text, parts] of [
      ['http://shop.example', { scheme: 'http' }],
      ['HTTPS://shop.example:8443/x', { scheme: 'https', port: 8443, path: '/x' }],
      ['shop.example:80', { port: 80 }],
      ['shop.example/gallery', { path: '/gallery' }],
      ['shop.example/', {}],
      ['shop.example/x?y=', { path: '/x?y=' }],
      ['shop.example/Käse"<>', { path: '/K%C3%A4se%22%3C%3E' }],
      ["shop.example/a'b?c'd", { path: "/a'b?c%27d" }],
      ["android-app://com.example/?c'd", { scheme: 'android-app', path: "/?c'd" }],
      ['shop.example/a%20b/../c', { path: '/a%20b/../c' }],
      ['shop.example/\ud800', { path: '/%EF%BF%BD' }],
      ['shop.example/?u=http://x:1/', { path: '/?u=http://x:1/' }],
      ['Android-App://Com.Example', { scheme: 'android-app' }],
      ['192.0.2.0/gallery', { path: '/gallery' }],
      ['192.0.2.1:8080/24', { port: 8080, path: '/24' }],
      ['http://192.0.2.0/24', { scheme: 'http', path: '/24' }],
      ['shop.example/24', { path: '/24' }],
      ['[2001:db8::1]:8080/x', { port: 8080, path: '/x' }],
      ['*:8080', { port: 8080 }],
    ] as const) {
      it(`reads ${text}`, () => {
        const entry = parseEntry(text, { exact: false });
        expect(entry).not.to.have.property('problem');
        const { host: _, written, ...rest } = entry as { host: unknown; written: string };
        expect(rest).to.deep.equal(parts);
        expect(written).to.equal(text);
      });
    }

    it('keeps the entry as written, without white space at its ends', () => {
      expect(parseEntry(' \tShop.Example. ', { exact: true })).to.have.property('written', 'Shop.Example.');
    });
  });

  describe('problems', () => {
    for (const [text, problem] of [
      ['', /^empty: write a host/],
      ['   ', /^empty/],
      ['a'.repeat(4097), /^4097 bytes long: write at most 4096/],
      ['~\\.google\\.', /^regular expressions stand in referer lists alone/],
      ['a.example b.example', /^white space or a control character inside: write one host/],
      ['a.example\0', /^white space or a control character/],
      ['shop.example\\x', /^backslash inside: write \//],
      ['shop.example/x#y', /^# inside: leave the fragment out/],
      ['user@shop.example', /^user info before @: write the host alone/],
      ['http://user:pw@shop.example/', /^user info/],
      ['a..example', /^empty label/],
      ['..example', /^empty label/],
      ['a.example..', /^empty label/],
      ['*.', /^empty label/],
      ['www.example.*.', /^empty label/],
      ['.', /^empty label/],
      ['.*', /^dot before a wildcard that stands alone: write \*\*/],
      ['a**b.example', /^\*\* within the label "a\*\*b"/],
      ['***.example', /^\*\* within the label/],
      ['b*ü.example', /^wildcard in the label "b\*ü", which is not ASCII: write the label in punycode/],
      ['a.example,b.example', /^"," in the host: write letters, digits/],
      ['shop.example?x=1', /^"=" in the host/],
      ['shop%2eexample', /^percent-encoded host/],
      ['\ufffd.example', /is not a valid internationalised name/],
      ['\u00ad.example', /is not a valid internationalised name/],
      ['shop.example:', /^colon without a port: write a number from 1 to 65535, or leave the colon out/],
      ['shop.example:http', /^"http" is not a port/],
      ['shop.example:0', /^"0" is not a port/],
      ['shop.example:65536', /^"65536" is not a port/],
      ['shop.example:*', /^"\*" is not a port/],
      ['2001:db8::1:8080/x', /^more than one colon: write an IPv6 address in brackets/],
      ['http:/shop.example', /^colon without a port/],
      ['*://shop.example', /^"\*" is not a scheme: begin with one such as https:\/\//],
      ['1x://shop.example', /^"1x" is not a scheme/],
      ['://shop.example', /^"" is not a scheme/],
      ['//shop.example', /^no host: write one/],
      ['/gallery', /^no host/],
      ['http://', /^no host/],
      ['192.0.2.0/33', /^prefix length that the address does not have: write a number from 0 to 32/],
      ['192.0.2.0/024', /^prefix length/],
      ['[2001:db8::]/129', /a number from 0 to 128 after/],
      ['192.0.2/24', /^CIDR block with an address in a short notation: write four numbers/],
      ['1.2.3.256', /^ends in a number but is not an IPv4 address/],
      ['.192.0.2.1', /^dot before an IP address/],
      ['[192.0.2.1]', /^"\[192.0.2.1\]" is not an IPv6 address in brackets/],
      ['[::1]x', /is not an IPv6 address in brackets/],
      ['[::1', /is not an IPv6 address in brackets|more than one colon/],
      ['[fe80::1%eth0]', /^percent-encoded host/],
      ['android-app://bücher.example', /^host that is not ASCII in the scheme android-app/],
    ] as const) {
      it(`${JSON.stringify(text.slice(0, 40))}: ${problem.source}`, () => {
        for (const exact of [false, true]) {
          expect(parseEntry(text, { exact })).to.have.property('problem').that.matches(problem);
        }
      });
    }
  });

  it('takes the longest pattern, counted in bytes', () => {
    const host = 'shop.example/';
    expect(parseEntry(host + 'a'.repeat(4096 - host.length), { exact: false })).to.have.property('path');
    expect(parseEntry(`${host}${'ä'.repeat(2048)}`, { exact: false })).to.have.property('problem');
  });
});
