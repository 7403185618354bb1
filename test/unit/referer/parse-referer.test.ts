import { expect } from 'chai';
import { parseReferer } from '#refgate/referer/parse-referer.js';

const plain = { schemes: new Set(['http', 'https']), ignoreScheme: false };
const lenient = { ...plain, ignoreScheme: true };
const apps = { schemes: new Set(['http', 'https', 'android-app', 'ws']), ignoreScheme: false };

describe('parseReferer', () => {
  it('gives scheme, host, port, and path with query but without fragment', () => {
    const { scheme, host, port, path } = parseReferer('https://Shop.Example:8443/A?b=C#d', plain) ?? {};
    expect({ scheme, host, port, path }).to.deep.equal({
      scheme: 'https',
      host: 'shop.example',
      port: 8443,
      path: '/A?b=C',
    });
  });

  for (const [text, sent] of [
    ['http://U:p@Shop.Example:80/%7Ea/../B?c=D#e', 'U:p@Shop.Example:80/%7Ea/../B?c=D#e'],
    ['HTTPS://a.example', 'a.example'],
    ['http:////a.example/', '//a.example/'],
    ['ht\ttp:/\t/a.ex\tample/x', 'a.example/x'],
    ['http://a.example/?u=https://b.example/', 'a.example/?u=https://b.example/'],
    ['android-app://com.Example/x', 'com.Example/x'],
  ] as const) {
    it(`gives what follows the scheme of ${JSON.stringify(text)} as it was sent`, () => {
      expect(parseReferer(text, apps)?.sent).to.equal(sent);
    });
  }

  it('gives a text without a scheme as it was sent, but for two slashes before it', () => {
    expect(parseReferer('WWW.a.example/x', lenient)?.sent).to.equal('WWW.a.example/x');
    expect(parseReferer('//WWW.a.example/x', lenient)?.sent).to.equal('WWW.a.example/x');
  });

  for (const [text, port] of [
    ['http://a.example/', 80],
    ['http://a.example:80/', 80],
    ['http://a.example:/', 80],
    ['http://a.example:443/', 443],
    ['https://a.example/', 443],
    ['https://a.example:80/', 80],
  ] as const) {
    it(`takes ${port} for the port of ${text}`, () => {
      expect(parseReferer(text, plain)?.port).to.equal(port);
    });
  }

  it('knows no port for a scheme without a default one', () => {
    expect(parseReferer('android-app://com.example/', apps)?.port).to.equal(undefined);
    expect(parseReferer('android-app://com.example:99/', apps)?.port).to.equal(99);
  });

  it('takes the default port of other special schemes, for WHATWG URL hides whether it was written', () => {
    expect(parseReferer('ws://a.example/', apps)?.port).to.equal(80);
    expect(parseReferer('ws://a.example:80/', apps)?.port).to.equal(80);
  });

  it('reads a scheme only where an entry names it', () => {
    expect(parseReferer('android-app://com.example/', plain)).to.equal(undefined);
    expect(parseReferer('Android-App://Com.Example/', apps)).to.include({ scheme: 'android-app', host: 'com.example' });
  });

  it('removes one trailing dot of the host and no more', () => {
    expect(parseReferer('http://a.example./', plain)?.host).to.equal('a.example');
    expect(parseReferer('http://a.example../', plain)?.host).to.equal('a.example.');
    expect(parseReferer('android-app://com.example./', apps)?.host).to.equal('com.example');
  });

  for (const text of ['http://./', 'http://', 'http:///', 'https://:80/', 'android-app:///x', 'android-app://']) {
    it(`does not read ${text}, which has no host`, () => {
      expect(parseReferer(text, apps)).to.equal(undefined);
    });
  }

  for (const text of [
    'www.example.com',
    '//www.example.com/x',
    '/x',
    'http:/www.example.com',
    'http:www.example.com',
    'http:\\\\www.example.com',
    'about:blank',
    'ftp://www.example.com/',
    'http://a b/',
    'http://[::1/',
    'http://a.example:99999/',
    'http://1.2.3.256/',
  ]) {
    it(`does not read ${text}`, () => {
      expect(parseReferer(text, plain)).to.equal(undefined);
    });
  }

  it('looks for the scheme where WHATWG URL will see it', () => {
    expect(parseReferer('ht\ttp:/\n/a.example/', plain)?.host).to.equal('a.example');
    expect(parseReferer('\u0001 http://a.example/ \0', plain)?.host).to.equal('a.example');
    expect(parseReferer('http:///a.example/', plain)?.host).to.equal('a.example');
    expect(parseReferer('http://\\a.example/', plain)?.host).to.equal('a.example');
  });

  describe('with ignoreScheme', () => {
    for (const text of [
      'www.example.com/x',
      '//www.example.com/x',
      'www.example.com:80/x',
      'HTTPS://www.example.com:80/x',
    ]) {
      it(`reads ${text}`, () => {
        const { host, port, path } = parseReferer(text, lenient) ?? {};
        expect({ host, port, path }).to.deep.equal({ host: 'www.example.com', port: 80, path: '/x' });
      });
    }

    it('reads a port after a host without a scheme', () => {
      expect(parseReferer('www.example.com:8080/x', lenient)?.port).to.equal(8080);
    });

    it('does not take a URL in the query for the scheme', () => {
      expect(parseReferer('www.example.com/?u=ftp://x', lenient)?.host).to.equal('www.example.com');
    });

    for (const text of ['ftp://www.example.com/', 'android-app://com.example/', 'www.example.com://x', 'about:blank']) {
      it(`still does not read ${text}`, () => {
        expect(parseReferer(text, lenient)).to.equal(undefined);
      });
    }
  });

  it('reads 16 KB of spaces between letters in linear time', () => {
    expect(parseReferer(`x${' '.repeat(16_382)}x`, plain)).to.equal(undefined);
  });
});
