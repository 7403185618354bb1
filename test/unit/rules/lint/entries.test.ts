import { expect } from 'chai';
import { loadFiles, useFolder } from '../../../support/loaded-folder.js';

describe('entries that never count', () => {
  const folder = useFolder();

  /** The warnings of one policy as `allow[1] entry-shadowed`, those of other kinds left out. */
  async function warningsOf(referer: object, kinds = /^entry-/): Promise<string[]> {
    const policy = { name: 'a', referer };
    const { result, lines } = await loadFiles(folder(), { 'a.json': JSON.stringify({ policies: [policy] }) });
    expect(result.ok, lines.join('\n')).to.equal(true);
    const warnings = result.ok ? result.warnings.filter(({ code }) => kinds.test(code)) : [];
    return warnings.map(({ path, code }) => `${path.replace('policies[0].referer.', '')} ${code}`);
  }

  /** Lists in which the entries at some positions are covered by others. */
  const shadowed: [list: readonly string[], covered: readonly number[], exact?: boolean][] = [
    [['shop.example', 'a.shop.example'], [1]],
    [['a.shop.example', 'shop.example'], [0]],
    [
      ['shop.example', '*.shop.example', 'SHOP.example.', '.shop.example'],
      [1, 2, 3],
    ],
    [['*.shop.example', 'shop.example'], [0]],
    [
      ['*.shop.example', 'a.shop.example', 'x*.b.shop.example'],
      [1, 2],
    ],
    [
      ['shop.example', 'https://shop.example', 'shop.example:8443', 'shop.example/a', 'https://a.shop.example/'],
      [1, 2, 3, 4],
    ],
    [
      ['shop.example/a', 'shop.example/a/b', 'shop.example/b', 'a.shop.example/a'],
      [1, 3],
    ],
    [['https://shop.example', 'https://shop.example:8443/a', 'http://shop.example'], [1]],
    [
      ['*', 'shop.example', '192.0.2.1'],
      [1, 2],
    ],
    [
      ['192.0.2.0/24', '192.0.2.7', '192.0.2.128/25', '192.0.3.1'],
      [1, 2],
    ],
    [['2001:db8::/32', '[2001:db8:1::1]', '2001:db9::/32'], [1]],
    [
      ['google.*', 'google.example', 'www.google.de'],
      [1, 2],
    ],
    [['bücher.example', 'xn--bcher-kva.example'], [1]],
    [['android-app://com.example', 'android-app://com.example'], [1]],
    [['~^a\\.example/', 'a.example', '~^a\\.example/', '~^A\\.example/'], [2]],
    // What stays, since it covers something of its own.
    [['shop.example', 'myshop.example', 'shop.example.org'], []],
    [['https://shop.example', 'shop.example/a', 'http://a.shop.example'], []],
    // Without it, no Referer of that scheme would be readable.
    [['com.example', 'android-app://com.example'], []],
    [['shop.example', 'a.shop.example'], [], true],
    [['*.shop.example', 'a.shop.example', 'a.b.shop.example', 'shop.example'], [1], true],
    [['*.shop.example', 'a*b.shop.example', '.shop.example'], [0, 1], true],
    [['**.shop.example', '*.shop.example', 'shop.example'], [1], true],
  ];
  for (const [list, covered, exact = false] of shadowed) {
    it(`${JSON.stringify(list)}${exact ? ' (exact)' : ''}: ${covered.join(', ') || 'none'}`, async () => {
      for (const key of ['allow', 'deny']) {
        const expected = covered.map((position) => `${key}[${position}] entry-shadowed`);
        expect(await warningsOf({ [key]: list, exact })).to.deep.equal(expected);
      }
    });
  }

  it('are told in the allow list, where the deny list covers them', async () => {
    const referer = {
      allow: [
        'shop.example',
        'a.leech.example',
        'https://leech.example/x',
        'android-app://leech.example',
        '~^x/',
        '~^y/',
      ],
      deny: ['leech.example', 'b.shop.example', { file: 'l.txt' }, '~^y/'],
    };
    await loadFiles(folder(), { 'l.txt': 'shop.example\n' });
    expect(await warningsOf(referer)).to.deep.equal([
      'allow[1] entry-denied',
      'allow[2] entry-denied',
      'allow[3] entry-denied',
      'allow[5] entry-denied',
    ]);
  });

  it('are found in the oss dialect by their beginnings', async () => {
    const allow = ['http://a.example/', 'HTTP://a.example/x', 'http://leech.example/a', '*.co.uk/'];
    const referer = { dialect: 'oss', allow, deny: ['http://leech.example/', '*.b.example/', '*.b.example/*'] };
    expect(await warningsOf(referer, /./)).to.deep.equal([
      'allow[1] entry-shadowed',
      'allow[2] entry-denied',
      'allow[3] public-suffix-entry',
      'deny[2] entry-shadowed',
    ]);
  });

  it('are not looked for in list files', async () => {
    await loadFiles(folder(), { 'l.txt': 'shop.example\na.shop.example\n' });
    expect(await warningsOf({ allow: [{ file: 'l.txt' }, 'shop.example'] })).to.deep.equal([]);
  });

  it('are told one by one as far as somebody reads it, and then counted', async () => {
    const list = ['shop.example', ...Array.from({ length: 1_000 }, (_, number) => `a${number}.shop.example`)];
    const { result } = await loadFiles(folder(), {
      'a.json': JSON.stringify({ policies: [{ name: 'a', referer: { allow: list } }] }),
    });
    const warnings = result.ok ? result.warnings : [];
    expect(warnings).to.have.length(21);
    expect(warnings.at(-1)).to.deep.include({
      path: 'policies[0].referer.allow[21]',
      message: '… and 980 more entry-shadowed in this policy',
      code: 'entry-shadowed',
    });
  });

  it('open a list to strangers in the allow list alone', async () => {
    const kinds = /^(?:public-suffix|open-ended)-entry$/;
    expect(await warningsOf({ allow: ['*.co.uk', 'google.*'] }, kinds)).to.deep.equal([
      'allow[0] public-suffix-entry',
      'allow[1] open-ended-entry',
    ]);
    expect(await warningsOf({ deny: ['*.co.uk', 'google.*'] }, kinds)).to.deep.equal([]);
  });
});
