import { expect } from 'chai';
import { readRefererConfiguration } from '#refgate/import/oss/read-referer-configuration.js';
import type { ConfigurationProblem, RefererConfiguration } from '#refgate/import/oss/referer-configuration.js';

const root = (...inside: readonly string[]): string =>
  `<RefererConfiguration>${inside.join('')}</RefererConfiguration>`;
const empty = (text: string): string => `<AllowEmptyReferer>${text}</AllowEmptyReferer>`;
const truncateQuery = (text: string): string => `<AllowTruncateQueryString>${text}</AllowTruncateQueryString>`;
const truncatePath = (text: string): string => `<TruncatePath>${text}</TruncatePath>`;
const list = (name: string, ...entries: readonly string[]): string =>
  `<${name}>${entries.map((entry) => `<Referer>${entry}</Referer>`).join('')}</${name}>`;

async function configuration(text: string): Promise<RefererConfiguration> {
  const read = await readRefererConfiguration(text);
  if (!read.ok) throw new Error(read.problem.problem);
  return read.configuration;
}

async function problem(text: string): Promise<ConfigurationProblem | undefined> {
  const read = await readRefererConfiguration(text);
  return read.ok ? undefined : read.problem;
}

describe("a bucket's configuration", () => {
  it('is read in any order of its elements', async () => {
    const read = await configuration(
      root(
        list('RefererBlacklist', 'c'),
        truncatePath('true'),
        list('RefererList', 'b', 'a'),
        truncateQuery('true'),
        empty('false'),
      ),
    );
    expect({
      ...read,
      refererList: read.refererList.map(({ text }) => text),
      refererBlacklist: read.refererBlacklist.map(({ text }) => text),
    }).to.deep.equal({
      allowEmptyReferer: false,
      allowTruncateQueryString: true,
      truncatePath: true,
      refererList: ['b', 'a'],
      refererBlacklist: ['c'],
    });
  });

  it('needs no more than AllowEmptyReferer', async () => {
    expect(await configuration(`<?xml version="1.0" encoding="utf-8" ?>\n${root(empty('true'))}`)).to.deep.equal({
      allowEmptyReferer: true,
      allowTruncateQueryString: undefined,
      truncatePath: false,
      refererList: [],
      refererBlacklist: [],
    });
  });

  it('has booleans in any case', async () => {
    expect(await configuration(root(empty(' TRUE\n'), truncateQuery('False')))).to.include({
      allowEmptyReferer: true,
      allowTruncateQueryString: false,
    });
  });

  it('has entries without the white space around them, and none that are blank', async () => {
    const entries = list('RefererList', '', '\n a&amp;b \t', '<![CDATA[<]]>&#x20;', '&#x3c;', ' \n');
    const { refererList } = await configuration(root(empty('true'), entries));
    expect(refererList.map(({ text }) => text)).to.deep.equal(['a&b', '<', '<']);
  });

  it('is as long as it is', async () => {
    const entries = Array.from({ length: 5_000 }, (_, at) => `😀&${'é'.repeat(at % 7)}😀`);
    const text = root(empty('true'), list('RefererList', ...entries.map((entry) => entry.replace('&', '&amp;'))));
    const { refererList } = await configuration(text);
    expect(refererList.map((entry) => entry.text)).to.deep.equal(entries);
  });

  it('is called UTF-8 or utf8', async () => {
    expect(await problem(`<?xml version='1.0' encoding='utf8'?>${root(empty('true'))}`)).to.equal(undefined);
  });

  it('is told of in a line that can be read', async () => {
    expect((await problem(root(`<${'a'.repeat(100_000)}/>`)))?.problem).to.have.length(300);
  });

  const lol = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join('');
  const malformed: Readonly<Record<string, string>> = {
    nothing: '',
    'no XML': '{"AllowEmptyReferer":true}',
    'an element that does not end': '<RefererConfiguration><AllowEmptyReferer>true',
    'an end that does not fit': `<RefererConfiguration>${empty('true')}</RefererConfiguratio>`,
    'text behind the root': `${root(empty('true'))}x`,
    'a second root': `${root(empty('true'))}${root(empty('true'))}`,
    'a bare ampersand': root(empty('true'), list('RefererList', 'http://a/?b&c')),
    'a bare angle bracket': root(empty('true'), list('RefererList', 'a<b')),
    'a character that is none of XML': root(empty('true'), list('RefererList', 'a\x01b')),
    'a reference to such a character': root(empty('true'), list('RefererList', 'a&#1;b')),
    'another root': `<Other>${empty('true')}</Other>`,
    'a root in a namespace of its own name': `<a:RefererConfiguration xmlns:a="b">${empty('true')}</a:RefererConfiguration>`,
    'an unknown element': root(empty('true'), '<Unknown/>'),
    'an element in another case': root(empty('true'), '<refererList/>'),
    'a Referer outside of its list': root(empty('true'), '<Referer>a</Referer>'),
    'an element within an entry': root(empty('true'), list('RefererList', '<b>a</b>')),
    'a switch given twice': root(empty('true'), empty('true')),
    'a list given twice': root(empty('true'), '<RefererList/>', '<RefererList/>'),
    'text between elements': root(empty('true'), 'text'),
    'an attribute': root(empty('true'), '<RefererList a="b"/>'),
    'an attribute given twice': '<RefererConfiguration xmlns="a" xmlns="b"/>',
    'a document type': `<!DOCTYPE RefererConfiguration>${root(empty('true'))}`,
    'entities that grow': `<!DOCTYPE x [<!ENTITY l0 "lol">${lol}]>${root(empty('true'), list('RefererList', '&l9;'))}`,
    'an entity from outside': `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${root(empty('&e;'))}`,
    'a parameter entity': `<!DOCTYPE x [<!ENTITY % e SYSTEM "http://127.0.0.1/e.dtd"> %e;]>${root(empty('true'))}`,
    'an entity that nobody defined': root(empty('true'), list('RefererList', '&e;')),
    'elements in elements without end': '<RefererConfiguration>'.repeat(50_000),
    'an encoding that is not UTF-8': `<?xml version="1.0" encoding="UTF-16"?>${root(empty('true'))}`,
    'a version that is none of XML': `<?xml version="3.0"?>${root(empty('true'))}`,
    'what Tencent COS takes': root('<Status>Enabled</Status>'),
  };
  for (const [what, text] of Object.entries(malformed)) {
    it(`is not ${what}`, async () => expect((await problem(text))?.kind).to.equal('malformed'));
  }

  it('says AllowEmptyReferer', async () => {
    expect((await problem(root('<RefererList/>')))?.kind).to.equal('allow-empty-missing');
  });

  for (const text of ['', 'yes', '1', 'truee', 'true false']) {
    it(`has no boolean ${JSON.stringify(text)}`, async () => {
      expect((await problem(root(empty(text))))?.kind).to.equal('not-boolean');
      expect(await problem(root(empty('true'), `\n${truncatePath(text)}`))).to.include({
        kind: 'not-boolean',
        line: 2,
      });
    });
  }

  it('does not cut off the path and keep the query', async () => {
    expect((await problem(root(empty('true'), truncateQuery('false'), truncatePath('true'))))?.kind).to.equal(
      'path-without-query',
    );
    expect(await problem(root(empty('true'), truncatePath('true')))).to.equal(undefined);
  });
});
