import { expect } from 'chai';
import { toAuthzRequest } from '#refgate/transport/request-from-url.js';

describe('toAuthzRequest', () => {
  const urls = [
    ['https://cdn.example/images/a.jpg?x=1', 'https', 'cdn.example', '/images/a.jpg?x=1'],
    ['HTTP://CDN.Example:8080/', 'http', 'CDN.Example:8080', '/'],
    ['http://cdn.example', 'http', 'cdn.example', '/'],
    ['http://cdn.example?x', 'http', 'cdn.example', '/?x'],
    ['http://user:p@ss@cdn.example/a#fragment', 'http', 'cdn.example', '/a'],
    ['http://[::1]:80/a', 'http', '[::1]:80', '/a'],
    ['http://cdn.example//a/../b/%2e%2e/c', 'http', 'cdn.example', '//a/../b/%2e%2e/c'],
    ['http://bücher.example/é?ü', 'http', 'bücher.example', '/%C3%A9?%C3%BC'],
  ] as const;
  for (const [url, scheme, host, target] of urls) {
    it(`reads ${url}`, () => {
      expect(toAuthzRequest({ url })).to.deep.equal({
        method: 'GET',
        scheme,
        host,
        target,
        headers: new Map(),
        clientIp: '',
        policyName: undefined,
      });
    });
  }

  it('reads a URL with other letters than ASCII every time, as V8 optimises what reads it', () => {
    const url = 'http://bücher.example/é';
    const unread = Array.from({ length: 50_000 }, () => toAuthzRequest({ url })).filter((read) => 'problem' in read);
    expect(unread).to.have.lengthOf(0);
  });

  it('collects headers by name, and Referers from both places', () => {
    const request = toAuthzRequest({
      url: 'http://h/',
      method: 'HEAD',
      referers: ['', 'http://a/'],
      headers: [
        ['REFERER', 'http://b/'],
        ['X-A', '1'],
        ['x-a', '2'],
      ],
      clientIp: '2001:db8::1',
      policy: '',
    });
    expect(request).to.deep.include({ method: 'HEAD', clientIp: '2001:db8::1', policyName: '' });
    expect(request).to.have.deep.property(
      'headers',
      new Map([
        ['referer', ['', 'http://a/', 'http://b/']],
        ['x-a', ['1', '2']],
      ]),
    );
  });

  const wrong = [
    ['url', { url: '' }],
    ['url', { url: '/images/a.jpg' }],
    ['url', { url: 'ftp://h/' }],
    ['url', { url: 'http://' }],
    ['url', { url: 'http://h:99999/' }],
    ['url', { url: 'http://h/a b' }],
    ['method', { url: 'http://h/', method: 'G T' }],
    ['method', { url: 'http://h/', method: '' }],
    ['clientIp', { url: 'http://h/', clientIp: '1.2.3' }],
    ['header', { url: 'http://h/', headers: [['a b', 'c']] }],
    ['header', { url: 'http://h/', headers: [['a', 'c\r\nd: e']] }],
    ['header', { url: 'http://h/', referers: ['a\nb'] }],
  ] as const;
  for (const [field, given] of wrong) {
    it(`names ${field} as the mistake in ${JSON.stringify(given)}`, () => {
      expect(toAuthzRequest(given))
        .to.have.property('problem')
        .that.matches(new RegExp(`^${field}\\b`));
    });
  }
});
