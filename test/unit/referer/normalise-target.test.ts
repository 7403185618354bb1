import { expect } from 'chai';
import { normaliseTarget } from '#refgate/referer/normalise-target.js';

describe('normaliseTarget', () => {
  for (const [target, path] of [
    ['/', '/'],
    ['', '/'],
    ['/images/a.png', '/images/a.png'],
    ['/Images/A.png', '/Images/A.png'],
    ['images/a.png', '/images/a.png'],
    ['/images/', '/images/'],
    ['//images/a.png', '/images/a.png'],
    ['/images///a.png', '/images/a.png'],
    ['//evil.example/x', '/evil.example/x'],
    ['/images//', '/images/'],
    ['/%69mages/a.png', '/images/a.png'],
    ['/images%2Fa.png', '/images/a.png'],
    ['/images%2fa.png', '/images/a.png'],
    ['/%2fimages/a.png', '/images/a.png'],
    ['/images%252fa.png', '/images%2fa.png'],
    ['/a/./b', '/a/b'],
    ['/a/../b', '/b'],
    ['/a/%2e%2E/b', '/b'],
    ['/a/..%2fb', '/b'],
    ['/a//../b', '/b'],
    ['/../../b', '/b'],
    ['/a/..', '/'],
    ['/a/.', '/a/'],
    ['/a/b/..', '/a/'],
    ['/..', '/'],
    ['/.', '/'],
    ['/.well-known/x', '/.well-known/x'],
    ['/a...b/...', '/a...b/...'],
    ['/a/..;/b', '/a/..;/b'],
    ['/k%C3%A4se', '/käse'],
    ['/käse', '/käse'],
    ['/%ff', '/\ufffd'],
    ['/%e2%82', '/\ufffd'],
    ['/%E2%82%AC%ff', '/€\ufffd'],
    ['/%EF%BB%BFa', '/\ufeffa'],
    ['/100%', '/100%'],
    ['/%zz%4', '/%zz%4'],
    ['/%%34', '/%4'],
    ['/a%3Fb', '/a?b'],
    ['/a%23b', '/a#b'],
    ['/a\\..\\b', '/a\\..\\b'],
    ['/a%00b', '/a\0b'],
    ['*', '*'],
  ] as const) {
    it(`spells the path of ${JSON.stringify(target)} as ${JSON.stringify(path)}`, () => {
      expect(normaliseTarget(target)).to.deep.equal({ host: undefined, path, query: undefined });
    });
  }

  for (const [target, path, query] of [
    ['/a?b=c', '/a', 'b=c'],
    ['/a?', '/a', ''],
    ['/a?b?c', '/a', 'b?c'],
    ['/a?b/../c', '/a', 'b/../c'],
    ['/a%3F?b%20c', '/a?', 'b%20c'],
    ['/a#b?c', '/a', undefined],
    ['/a?b#c', '/a', 'b'],
    ['?b', '/', 'b'],
  ] as const) {
    it(`splits ${target} at the first question mark`, () => {
      expect(normaliseTarget(target)).to.deep.equal({ host: undefined, path, query });
    });
  }

  for (const [target, host, path, query] of [
    ['http://cdn.example/a/../b?c', 'cdn.example', '/b', 'c'],
    ['HTTPS://CDN.Example:8443/b', 'cdn.example', '/b', undefined],
    ['http://cdn.example', 'cdn.example', '/', undefined],
    ['http://cdn.example?x', 'cdn.example', '/', 'x'],
    ['http://user@cdn.example/', 'cdn.example', '/', undefined],
    ['http://[2001:DB8::1]:80/a', '[2001:db8::1]', '/a', undefined],
    ['ftp://cdn.example//a', 'cdn.example', '/a', undefined],
    ['http:///a', undefined, '/a', undefined],
    ['/x?u=http://cdn.example/', undefined, '/x', 'u=http://cdn.example/'],
  ] as const) {
    it(`reads ${target} as of ${host ?? 'no host of its own'}`, () => {
      expect(normaliseTarget(target)).to.deep.equal({ host, path, query });
    });
  }
});
