import { expect } from 'chai';
import { coversSuffixAsText, isPrefixOfOtherHosts } from '#refgate/rules/lint/oss-entry.js';

/** Entries of the oss dialect: whether other hosts begin so, and whether a public suffix is let in. */
const vectors: [text: string, isPrefix: boolean, coversSuffix: boolean][] = [
  ['http://www.aliyun.com', true, false],
  ['http://www.aliyun.com/', false, false],
  ['http://www.aliyun.com/a', false, false],
  ['http://www.aliyun.com*', false, false],
  ['http://www.example.com:80', true, false],
  ['http://10.10.10.10:8080', true, false],
  ['*.aliyun.com', true, false],
  ['*.aliyun.com/', false, false],
  ['*www.example.com', true, false],
  ['*://www.example.com', true, false],
  ['http*://www.example.com', true, false],
  ['www.example.com', true, false],
  ['http://*', false, false],
  ['http://', false, false],
  ['*', false, false],
  ['', false, false],
  ['mibrowser:home', false, false],
  ['阿里巴巴', false, false],
  ['中文+referer', false, false],
  ['android-app://com.example', true, false],
  ['*.com', true, true],
  ['*.com/', false, true],
  ['http://*.co.uk/', false, true],
  ['https://*.GitHub.io/', false, true],
  ['*://*.com:8080/', false, true],
  ['*com/', false, false],
  ['http://www.*.com/', false, false],
];

describe('an entry of the oss dialect', () => {
  for (const [text, isPrefix, coversSuffix] of vectors) {
    it(`${text || 'without text'} ${isPrefix ? 'begins other hosts' : 'does not'}, ${coversSuffix ? 'covers a suffix' : 'nor a suffix'}`, () => {
      expect(isPrefixOfOtherHosts(text)).to.equal(isPrefix);
      expect(coversSuffixAsText(text)).to.equal(coversSuffix);
    });
  }
});
