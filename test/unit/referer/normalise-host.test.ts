import { expect } from 'chai';
import { normaliseHost } from '#refgate/referer/normalise-host.js';
import { parseReferer } from '#refgate/referer/parse-referer.js';

const reading = { schemes: new Set<string>(), ignoreScheme: false };

describe('normaliseHost', () => {
  for (const [text, expected] of [
    ['cdn.shop.example', 'cdn.shop.example'],
    ['CDN.Shop.Example', 'cdn.shop.example'],
    ['cdn.shop.example:8443', 'cdn.shop.example'],
    ['cdn.shop.example:', 'cdn.shop.example'],
    ['cdn.shop.example.', 'cdn.shop.example'],
    ['cdn.shop.example.:80', 'cdn.shop.example'],
    ['user:pw@cdn.shop.example:80', 'cdn.shop.example'],
    ['a@b@cdn.shop.example', 'cdn.shop.example'],
    ['localhost:8080', 'localhost'],
    ['under_score.example', 'under_score.example'],
    ['BÜCHER.example', 'xn--bcher-kva.example'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['192.0.2.1:80', '192.0.2.1'],
    ['127.1', '127.0.0.1'],
    ['0x7f.1.', '127.0.0.1'],
    ['[2001:DB8:0:0::1]:443', '[2001:db8::1]'],
    ['[2001:db8::1]', '[2001:db8::1]'],
    ['[::ffff:192.0.2.1]:', '[::ffff:c000:201]'],
    ['2001:DB8::1', '[2001:db8::1]'],
    ['a..example', 'a..example'],
    ['a.example..', 'a.example.'],
  ] as const) {
    it(`brings ${text} into the form ${expected}`, () => {
      expect(normaliseHost(text)).to.equal(expected);
    });
  }

  for (const [text, expected] of [
    ['a%2Eexample', 'a%2eexample'],
    ['a/b', 'a/b'],
    ['A\\b', 'a\\b'],
    ['a?b', 'a?b'],
    ['a#b', 'a#b'],
    ['a b', 'a b'],
    ['a\tb', 'a\tb'],
    ['[::1]/x', '[::1]/x'],
    ['fe80::1%eth0', 'fe80::1%eth0'],
    ['1.2.3.256', '1.2.3.256'],
    ['xn--\u00ff', 'xn--\u00ff'],
    ['a:b', 'a:b'],
    ['', ''],
    ['.', ''],
  ] as const) {
    it(`leaves ${JSON.stringify(text)}, which is no host, but for its case`, () => {
      expect(normaliseHost(text)).to.equal(expected);
    });
  }

  // A Referer from the request's own host must be recognised however either of them is spelled.
  for (const host of [
    'shop.example',
    'SHOP.example.',
    'shop.example:81',
    'faß.example',
    'ｗｗｗ.example',
    'shop。example',
    '0300.0250.1',
    '[::FFFF:1.2.3.4]',
    'xn--fa-hia.example',
    'a_b.example',
    'a,b.example',
    '-a-.example',
    "a'b.example",
  ]) {
    it(`gives for ${host} what a Referer of this host gives`, () => {
      expect(normaliseHost(host)).to.equal(parseReferer(`http://${host}/`, reading)?.host);
    });
  }
});
