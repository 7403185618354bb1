import { expect } from 'chai';
import { beginsAtHost } from '#refgate/rules/lint/regex-anchor.js';

const anchored = [
  '^www\\.google\\.',
  '^[^/]*\\.google\\.',
  '^([^/]+\\.)?google\\.com(/|$)',
  '(?-i)^www\\.shop\\.example/',
  '\\Ashop\\.example',
  '^a\\.example/|^b\\.example/',
  '(^a|^b)\\.example/',
  '(?:^(?:www\\.)?shop\\.example/.*\\.html)',
  '^www\\.shop\\.example/.*x',
  '^www\\.google\\..*$',
  '^www\\.google\\..+',
  '^[^.]+\\.google\\.com/',
  '^a.c\\.example/',
  '^[.*]\\.example/',
  '(?P<host>^shop\\.example)/',
];
const open = [
  '\\.google\\.',
  'google',
  '',
  '(^|\\.)google\\.com',
  '^a|b',
  '^.*\\.google\\.',
  '^.+google',
  '^(.*\\.)?google\\.com/',
  '^\\S+google\\.com/',
  '^[^?]*google\\.com/',
  '(^a)?google',
  '[\\^]google',
  '\\^google',
  '(?:google:80)',
  '(?-i)google',
];

describe('a regular expression', () => {
  for (const pattern of anchored) {
    it(`${pattern} begins at the host`, () => expect(beginsAtHost(pattern)).to.equal(true));
  }
  for (const pattern of open) {
    it(`${pattern} may begin in a path`, () => expect(beginsAtHost(pattern)).to.equal(false));
  }

  it('is judged however broken it is', () => {
    for (const pattern of ['(', ')', '[', '(?', '\\', '((((', '^(', '(?<', '|', '^)|(']) {
      expect(beginsAtHost(pattern)).to.be.a('boolean');
    }
  });
});
