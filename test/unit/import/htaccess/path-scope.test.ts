import { expect } from 'chai';
import { pathScope } from '#refgate/import/htaccess/path-scope.js';

describe('pathScope', () => {
  const cases: readonly (readonly [expression: string, ignoreCase: boolean, scope: ReturnType<typeof pathScope>])[] = [
    ['.*', false, {}],
    ['^', false, {}],
    ['.', false, {}],
    ['^(.+)$', false, {}],
    [String.raw`\.(gif|jpe?g)$`, true, { extensions: ['gif', 'jpeg', 'jpg'] }],
    [String.raw`^(.*)\.(GIF)$`, true, { extensions: ['gif'] }],
    [String.raw`.+\.png$`, true, { extensions: ['png'] }],
    [String.raw`\.(gif|jpg)$`, false, { paths: ['**.gif', '**.jpg'] }],
    [String.raw`\.gif`, true, { paths: ['~*\\.gif'] }],
    [String.raw`\.gif`, false, { paths: ['**.gif**'] }],
    ['^12/', true, { paths: ['/12/**'] }],
    ['^images/', true, { paths: ['~*^/images/'] }],
    [String.raw`\.tar\.gz$`, false, { paths: ['**.tar.gz'] }],
    ['^images/', false, { paths: ['/images/**'] }],
    ['^/images/', false, { paths: ['/images/**'] }],
    [String.raw`^uploads/(.*)\.mp3$`, false, { paths: ['/uploads/**.mp3'] }],
    [String.raw`^[0-9]+\.gif$`, false, { paths: ['~^/[0-9]+\\.gif$'] }],
    ['[0-9]', true, { paths: ['~*[0-9]'] }],
    ['^[0-9]|x', false, undefined],
    ['^(?!a)b', false, undefined],
    ['^a//b', false, { paths: ['~^/a//b'] }],
    [String.raw`^a\*b$`, false, { paths: ['~^/a\\*b$'] }],
  ];
  for (const [expression, ignoreCase, scope] of cases) {
    it(`takes ${expression}${ignoreCase ? ' [NC]' : ''} for ${JSON.stringify(scope)}`, () => {
      expect(pathScope({ expression, ignoreCase, isRelative: true })).to.deep.equal(scope);
    });
  }
});
