import { expect } from 'chai';
import { ListPart } from '#refgate/match/list-part.js';
import { ListSequence } from '#refgate/match/list-sequence.js';
import type { RefererUrl } from '#refgate/model/referer-url.js';
import type { CompiledRules } from '#refgate/model/snapshot.js';
import type { KnownPart, ListParts } from '#refgate/rules/compile/list-parts.js';
import { LIMITS } from '#refgate/rules/limits.js';
import { FolderLoader } from '#refgate/rules/load/folder-loader.js';
import type { LoadResult } from '#refgate/rules/load/load-result.js';
import { loadFile } from '#refgate/rules/load/loaded-file.js';
import type { LoadOptions } from '#refgate/rules/load.js';
import { loadFiles, useFolder } from '../../support/loaded-folder.js';
import { writeFiles } from '../../support/rules-dir.js';

const NAMES = 5000;

/** A list file that is large enough to be a part, of so many names, and what else it is to hold. */
function listFile(last = ''): string {
  const names = Array.from({ length: NAMES }, (_, number) => `name-${number}.example`);
  return `${names.join('\n')}\n${last}\n`;
}

const referer = (host: string, scheme = 'https'): RefererUrl => ({
  scheme,
  host,
  port: 443,
  path: '/',
  sent: `${scheme}://${host}/`,
});

const policy = (name: string, rest: string): string => `policies: [{ name: ${name}, referer: { ${rest} } }]\n`;
const inOne = policy('one', "allow: [first.example, { file: big.txt }, '*.example']");

describe('large list files', () => {
  const folder = useFolder();
  const load = (files: Record<string, string>, options: LoadOptions = {}) => loadFiles(folder(), files, options);

  it('have an index of their own between the entries around them, in list order', async () => {
    const rules = rulesOf((await load({ 'a.yaml': inOne, 'big.txt': listFile('first.example') })).result);
    const allow = listOf(rules);
    expect(allow)
      .to.be.instanceOf(ListSequence)
      .with.property('size', NAMES + 3);
    expect(allow?.find(referer('first.example'))).to.equal('first.example');
    expect(allow?.find(referer('name-7.example'))).to.equal('name-7.example');
    expect(allow?.find(referer('x.example'))).to.equal('*.example');
    expect(allow?.find(referer('x.test'))).to.equal(undefined);
    expect(rules.entries).to.equal(NAMES + 3);
  });

  it('are nothing special while they are small', async () => {
    const rules = rulesOf((await load({ 'a.yaml': inOne, 'big.txt': 'a.example\n' })).result);
    expect(listOf(rules)).not.to.be.instanceOf(ListSequence);
  });

  it('are compiled once, however many policies name them, and once more where entries mean something else', async () => {
    const files = {
      'a.yaml': inOne,
      'b.yaml': policy('two', 'deny: [{ file: lists/copy.txt }]'),
      'c.yaml': policy('three', 'exact: true, deny: [{ file: big.txt }]'),
      'd.yaml': policy('four', 'dialect: oss, deny: [{ file: big.txt }]'),
      'big.txt': listFile(),
      'lists/copy.txt': listFile(),
    };
    const rules = rulesOf((await load(files)).result);
    const [one, two, three, four] = rules.policies.map(({ referer: { allow, deny } }) => allow ?? deny);
    expect(two)
      .to.be.instanceOf(ListPart)
      .and.equal((one as ListSequence | undefined)?.members[1]);
    const ids = [two, three, four].map((part) => (part as ListPart).id.replace(/[0-9a-f]{64}/, '…'));
    expect(ids).to.deep.equal(['host …', 'host exact …', 'oss …']);
    expect((three as ListPart).find(referer('www.name-7.example'))).to.equal(undefined);
    expect((two as ListPart).find(referer('www.name-7.example'))).to.equal('name-7.example');
    expect((four as ListPart<string>).find('name-7.example/x')).to.equal('name-7.example');
    expect(rules.entries).to.equal(4 * NAMES + 2);
  });

  it('are not compiled again by a loader that knows them, whatever has become of their content', async () => {
    const files = { 'a.yaml': inOne, 'big.txt': listFile('android-app://app.example') };
    const loader = new FolderLoader(folder());
    writeFiles(folder(), files);
    const first = (await loader.load({ held: new Set() })) as LoadResult;
    const part = partOf(first);
    loader.handOver([part.id]);
    expect(part.content).to.equal(undefined);
    writeFiles(folder(), { ...files, 'a.yaml': inOne.replace('first', 'new') });
    const second = (await loader.load({ held: new Set([part.id]) })) as LoadResult;
    expect(partOf(second)).to.equal(part);
    expect(listOf(rulesOf(second))?.size).to.equal(NAMES + 3);
    expect(rulesOf(second).entries).to.equal(NAMES + 3);
    expect(rulesOf(second).policies[0]?.referer).to.have.deep.property(
      'schemes',
      new Set(['http', 'https', 'android-app']),
    );
    writeFiles(folder(), files);
    const same = (await loader.load({ held: new Set([part.id]) })) as LoadResult;
    expect(same.digest).to.equal(first.digest).and.not.to.equal(second.digest);
  });

  it('are compiled again where their content is gone, and the receiver does not hold it', async () => {
    const loader = new FolderLoader(folder());
    writeFiles(folder(), { 'a.yaml': inOne, 'big.txt': listFile() });
    const part = partOf((await loader.load({ held: new Set() })) as LoadResult);
    loader.handOver([part.id]);
    expect(partOf((await loader.load({ held: new Set([part.id]) })) as LoadResult)).to.equal(part);
    const again = partOf((await loader.load({ held: new Set() })) as LoadResult);
    expect(again).not.to.equal(part);
    expect(again.id).to.equal(part.id);
    expect(again.content?.find(referer('name-7.example'))).to.equal('name-7.example');
  });

  it('are one part where a file becomes, while it is read, what another is', async () => {
    writeFiles(folder(), { 'a.txt': listFile('one.example'), 'b.txt': listFile('two.example') });
    const known = new Map<string, KnownPart>();
    let beforeParsing = (): void => undefined;
    const parts: ListParts = {
      get: (id) => {
        beforeParsing();
        return known.get(id);
      },
      set: (id, part) => known.set(id, part),
    };
    const partIn = async (list: string) => {
      const bytes = Buffer.from(policy('one', `deny: [{ file: ${list} }]`));
      const scope = { dir: folder(), limits: LIMITS, bots: new Map(), parts };
      const { session } = await loadFile({ relative: 'a.yaml', identity: '' }, { hash: '', bytes }, scope);
      return session.lists[0]?.part;
    };
    const part = await partIn('a.txt');
    beforeParsing = () => writeFiles(folder(), { 'b.txt': listFile('one.example') });
    expect(await partIn('b.txt'))
      .to.be.instanceOf(ListPart)
      .and.equal(part);
    expect([...known.values()].map((each) => each.part)).to.deep.equal([part]);
  });

  it('are compiled again where they are too much, to tell which line is', async () => {
    const files = {
      'a.yaml': policy('a', 'deny: [{ file: big.txt }]'),
      'b.yaml': inOne,
      'big.txt': `~abc\n${listFile('~def')}`,
    };
    expect((await load(files)).result.ok).to.equal(true);
    expect((await load(files, { limits: { entries: 2 * NAMES + 2 } })).lines).to.deep.equal([
      'big.txt:5000:1: policies[0].referer.allow[1]: more than 10,002 entries in all lists',
    ]);
    expect((await load(files, { limits: { regexInstructions: 18 } })).lines).to.deep.equal([
      'big.txt:5002:1: policies[0].referer.allow[1]: more than 18 steps in the regular expressions of all policies; write hosts and globs in place of some',
    ]);
  });

  it('are not remembered with mistakes, which are told with their lines', async () => {
    const files = { 'a.yaml': inOne, 'b.yaml': policy('two', 'deny: [{ file: big.txt }]'), 'big.txt': listFile('a b') };
    const { lines } = await load(files);
    expect(lines.map((line) => line.split(' ')[0])).to.deep.equal(['big.txt:5001:1:', 'big.txt:5001:1:']);
  });
});

function partOf(result: LoadResult): ListPart {
  const list = listOf(rulesOf(result)) as ListSequence;
  return list.members[1] as ListPart;
}

function rulesOf(result: LoadResult): CompiledRules {
  if (!result.ok) throw new Error(result.errors[0]?.message);
  return result.rules;
}

function listOf(rules: CompiledRules) {
  const [first] = rules.policies;
  return first?.referer.dialect === 'host' ? first.referer.allow : undefined;
}
