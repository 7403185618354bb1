import { expect } from 'chai';
import type { RefererEntry } from '#refgate/model/entry.js';
import { parseEntry } from '#refgate/referer/parse-entry.js';
import { coversPublicSuffix, openReach } from '#refgate/rules/lint/public-suffix.js';

function entry(text: string, exact = false): RefererEntry {
  const parsed = parseEntry(text, { exact });
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed;
}

/** Entries, and what a stranger can get hold of by them: with `exact: false`, and with `exact: true`. */
const vectors: [text: string, off: 'suffix' | 'form' | undefined, on: 'suffix' | 'form' | undefined][] = [
  ['com', 'suffix', undefined],
  ['*.com', 'suffix', 'suffix'],
  ['.com', 'suffix', 'suffix'],
  ['**.com', 'suffix', 'suffix'],
  ['https://*.com:8443/shop/', 'suffix', 'suffix'],
  ['co.uk', 'suffix', undefined],
  ['*.co.uk', 'suffix', 'suffix'],
  ['github.io', 'suffix', undefined],
  ['*.github.io', 'suffix', 'suffix'],
  ['*.xn--p1ai', 'suffix', 'suffix'],
  ['*.рф', 'suffix', 'suffix'],
  ['*.kawasaki.jp', 'suffix', 'suffix'],
  ['*.*', 'suffix', 'suffix'],
  ['**.*', 'suffix', 'suffix'],
  ['*.*.uk', 'suffix', 'suffix'],
  ['c*', 'suffix', undefined],
  ['google.*', 'form', 'form'],
  ['google.**', 'form', 'form'],
  ['*.google.*', 'form', 'form'],
  ['www.**.com', 'form', 'form'],
  ['*shop.com', 'form', 'form'],
  ['shop-?.co.uk', 'form', 'form'],
  ['*', undefined, undefined],
  ['**', undefined, undefined],
  ['example.com', undefined, undefined],
  ['*.example.com', undefined, undefined],
  ['a*b.example.com', undefined, undefined],
  ['*.example.co.uk', undefined, undefined],
  ['someone.github.io', undefined, undefined],
  ['city.kawasaki.jp', undefined, undefined],
  ['*.internal', undefined, undefined],
  ['intranet', undefined, undefined],
  ['192.0.2.0/24', undefined, undefined],
  ['[2001:db8::1]', undefined, undefined],
];

describe('what an entry leaves open to strangers', () => {
  for (const [text, off, on] of vectors) {
    it(`${text}: ${off ?? 'nothing'}, and with exact ${on ?? 'nothing'}`, () => {
      for (const [exact, open] of [
        [false, off],
        [true, on],
      ] as const) {
        expect(openReach(entry(text, exact)), `exact ${exact}`).to.equal(open);
        expect(coversPublicSuffix(entry(text, exact))).to.equal(open === 'suffix');
      }
    });
  }
});
