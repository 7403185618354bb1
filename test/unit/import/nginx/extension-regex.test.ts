import { expect } from 'chai';
import { extensionsOf } from '#refgate/import/nginx/extension-regex.js';

describe('the extensions of a location', () => {
  const plain: readonly (readonly [pattern: string, extensions: string])[] = [
    ['\\.(jpg|png)$', 'jpg png'],
    ['\\.(?:jpe?g|png)$', 'jpeg jpg png'],
    ['\\.jpg$', 'jpg'],
    ['\\.mp[34]$', 'mp3 mp4'],
    ['\\.woff2?$', 'woff2 woff'],
    ['^.+\\.(GIF|gif)$', 'gif'],
    ['^.*\\.(css|js)$', 'css js'],
    ['.*\\.(css|js)$', 'css js'],
    ['^(.+)\\.(7z)$', '7z'],
    ['^/.*\\.zip$', 'zip'],
    ['(\\.jpg|\\.png)$', 'jpg png'],
    ['\\.jpg??$', 'jpg jp'],
    ['\\.(?<ext>jpg|j(?:p(eg)?))$', 'jpg jpeg jp'],
  ];
  for (const [pattern, extensions] of plain) {
    it(`are all that ${pattern} says`, () => {
      expect(extensionsOf(pattern)?.join(' ')).to.equal(extensions);
    });
  }

  const others: readonly string[] = [
    '\\.(jpg|png)',
    '.(jpg|png)$',
    '\\.jpg|\\.png$',
    '\\.(tar\\.gz|zip)$',
    '\\.(jpg|)$',
    '^/img/.*\\.jpg$',
    '^/.+\\.jpg$',
    '\\.(jpg)?$',
    '\\.[a-z]+$',
    '\\.\\w+$',
    '\\.(jpg|png)(\\?.*)?$',
    '\\.jpg++$',
    '\\.(?!php)$',
    '',
    '$',
  ];
  for (const pattern of others) {
    it(`are not all that ${JSON.stringify(pattern)} says`, () => {
      expect(extensionsOf(pattern)).to.equal(undefined);
    });
  }

  it('are not written out by the thousand', () => {
    expect(extensionsOf(`\\.${'[abcdefghij]'.repeat(10)}$`)).to.equal(undefined);
    expect(extensionsOf(`\\.${'('.repeat(10_000)}$`)).to.equal(undefined);
  });
});
