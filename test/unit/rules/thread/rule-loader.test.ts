import { expect } from 'chai';
import type { EntryMatcher } from '#refgate/model/matchers.js';
import { type HeldRules, NOTHING_HELD, type UnpackedRules, unpackRules } from '#refgate/rules/image/unpack-rules.js';
import type { LoadAnswer, LoadedImage } from '#refgate/rules/thread/messages.js';
import { RuleLoader } from '#refgate/rules/thread/rule-loader.js';
import { RulesThreadError } from '#refgate/rules/thread/thread-end.js';
import { useFolder } from '../../../support/loaded-folder.js';
import { writeFiles } from '../../../support/rules-dir.js';

const policy = (name: string, entries = 'a.example') =>
  `policies: [{ name: ${name}, referer: { allow: [${entries}] } }]\n`;
const bigList = (last: string) => `${Array.from({ length: 5_000 }, (_, i) => `name-${i}.example\n`).join('')}${last}\n`;

describe('rules that are loaded in a thread', () => {
  const folder = useFolder();
  let loader: RuleLoader;

  beforeEach(() => {
    loader = new RuleLoader({ dir: folder() });
  });

  afterEach(() => loader.close());

  const load = (inForce?: string, held: Iterable<string> = []) =>
    loader.ask('load', { inForce, held: new Set(held), distrust: false });

  const check = (files: Record<string, string | undefined>) => {
    const overlay = Object.entries(files).map(([name, text]) => [name, text && Buffer.from(text)] as const);
    return loader.ask('check', { overlay: new Map(overlay as [string, Buffer][]), about: Object.keys(files) });
  };

  it('come as an image of which rules are made', async () => {
    writeFiles(folder(), { 'a.yaml': policy('a'), 'b.yaml': policy('b', '"*.b.example"') });
    const loaded = imageOf(await load());
    const { rules } = await unpackRules(loaded.image, NOTHING_HELD);
    expect(rules.policies.map(({ name }) => name)).to.deep.equal(['a', 'b']);
    expect(loaded.work).to.deep.equal({ files: 2, compiled: 2 });
  });

  it('are not made of the content that is in force', async () => {
    writeFiles(folder(), { 'a.yaml': policy('a') });
    const { digest } = await load();
    expect(await load(digest)).to.deep.equal({ kind: 'unchanged', digest, work: { files: 1, compiled: 0 } });
  });

  it('are refused with their mistakes, by the loader and beforehand', async () => {
    writeFiles(folder(), { 'a.yaml': 'policies: 1\n' });
    expect(await load()).to.deep.include({ kind: 'refused', reason: 'invalid' });
    expect(await check({})).to.deep.include({ ok: false, reason: 'invalid' });
    expect((await check({ 'a.yaml': policy('a') })).ok).to.equal(true);
  });

  it('cost nothing more once they were checked', async () => {
    const files = { 'a.yaml': policy('a'), 'b.yaml': policy('b') };
    writeFiles(folder(), files);
    const { digest } = await load();
    expect((await check({ 'b.yaml': policy('c') })).ok).to.equal(true);
    expect(await load(digest)).to.include({ kind: 'unchanged' });
    writeFiles(folder(), { 'b.yaml': policy('c') });
    expect(imageOf(await load(digest)).work).to.deep.equal({ files: 2, compiled: 0 });
  });

  it('tell beforehand the warnings of the files that are asked about, and those that come from a policy', async () => {
    writeFiles(folder(), { 'a.yaml': policy('a', '"*.com"'), 'z.yaml': policy('z') });
    const checked = await check({ 'b.yaml': policy('b', '"*.net"') });
    const told = checked.ok ? checked.warnings.map(({ file, code }) => [file.slice(-6), code]) : [];
    expect(told).to.deep.equal([
      ['b.yaml', 'unreachable-policy'],
      ['b.yaml', 'public-suffix-entry'],
      ['z.yaml', 'unreachable-policy'],
    ]);
  });

  it('bring large lists once, whatever else has changed', async () => {
    const rules = policy('a', '{ file: big.txt }, x.example');
    writeFiles(folder(), { 'a.yaml': rules, 'big.txt': bigList('one.example') });
    const first = await unpack(await load());
    writeFiles(folder(), { 'a.yaml': rules.replace('x.example', 'y.example') });
    const second = imageOf(await load(undefined, first.parts.keys()));
    expect(second.image.parts.map(({ content }) => content)).to.deep.equal([undefined]);
    const { rules: held } = await unpack(second, first);
    expect(['name-7.example', 'one.example', 'y.example'].map((host) => find(held, host))).to.deep.equal([
      'name-7.example',
      'one.example',
      'y.example',
    ]);
    writeFiles(folder(), { 'big.txt': bigList('two.example') });
    const third = await unpack(await load(undefined, first.parts.keys()), first);
    expect([find(third.rules, 'one.example'), find(third.rules, 'two.example')]).to.deep.equal([
      undefined,
      'two.example',
    ]);
  });

  it('bring of many policies those alone that are others than before', async () => {
    const files = Array.from({ length: 100 }, (_, i) => [`f${String(i).padStart(3, '0')}.yaml`, policy(`p${i}`)]);
    writeFiles(folder(), Object.fromEntries(files));
    const before = await unpack(await load());
    writeFiles(folder(), { 'f050.yaml': policy('p50', 'changed.example') });
    const { image } = imageOf(await load(undefined, before.batches.keys()));
    expect(image.batches.filter(({ content }) => content !== undefined)).to.have.length(1);
    const { rules } = await unpackRules(image, before);
    expect(rules.policies.map(({ name, position }) => `${name} ${position}`)).to.deep.equal(
      before.rules.policies.map(({ name }, position) => `${name} ${position}`),
    );
    expect([...rules.byName.values()]).to.deep.equal(rules.policies);
    expect(rules.policies[30]).to.equal(before.rules.policies[30]);
    expect(rules.policies[50]).not.to.equal(before.rules.policies[50]);
    writeFiles(folder(), { 'a.yaml': policy('first') });
    const { rules: shifted } = await unpack(await load(undefined, before.batches.keys()), before);
    expect(shifted.policies.map(({ position }) => position)).to.deep.equal(shifted.policies.map((_, at) => at));
    expect(shifted.policies.map(({ name }) => name).slice(0, 2)).to.deep.equal(['first', 'p0']);
  });

  it('bring large lists again to a receiver that has lost them', async () => {
    writeFiles(folder(), { 'a.yaml': policy('a', '{ file: big.txt }'), 'big.txt': bigList('one.example') });
    const [first, second] = [await unpack(await load()), await unpack(await load())];
    for (const { rules } of [first, second]) expect(find(rules, 'name-7.example')).to.equal('name-7.example');
  });

  it('are told by name, by the files they are in, and as a whole', async () => {
    writeFiles(folder(), { 'a.yaml': policy('a'), 'b.yaml': policy('b'), 'c.yaml': 'policies: [{ name: c, x: 1 }]\n' });
    await load();
    writeFiles(folder(), { 'd/b.yaml': policy('b') });
    const places = await loader.ask('places', ['a', 'b', 'c', 'none']);
    expect([...places]).to.deep.equal([
      ['a', ['a.yaml']],
      ['b', ['b.yaml', 'd/b.yaml']],
      ['c', ['c.yaml']],
      ['none', []],
    ]);
    expect(await loader.ask('find', { policy: 'b', own: 'b.yaml' })).to.deep.equal({
      file: 'd/b.yaml',
      policy: { name: 'b', referer: { allow: ['a.example'] } },
    });
    expect(await loader.ask('policies', undefined))
      .to.have.property('errors')
      .with.length(2);
    writeFiles(folder(), { 'c.yaml': policy('c') });
    const policies = await loader.ask('policies', undefined);
    expect('errors' in policies || policies.map(({ name }) => name)).to.deep.equal(['a', 'b', 'c', 'b']);
  });

  it('are given up when the loader is closed, and by nobody later', async () => {
    writeFiles(folder(), { 'a.yaml': policy('a') });
    const loading = load().catch((error: unknown) => error);
    await loader.close();
    expect(await loading).to.be.instanceOf(RulesThreadError);
    expect(await load().catch((error: unknown) => error)).to.be.instanceOf(RulesThreadError);
  });
});

function imageOf(answer: LoadAnswer): LoadedImage {
  if (answer.kind !== 'image') throw new Error(`answered ${answer.kind}`);
  return answer;
}

function unpack(answer: LoadAnswer, held: HeldRules = NOTHING_HELD): Promise<UnpackedRules> {
  return unpackRules(imageOf(answer).image, held);
}

function find({ policies }: UnpackedRules['rules'], host: string): string | undefined {
  const list = policies[0]?.referer.allow as EntryMatcher | undefined;
  return list?.find({ scheme: 'https', host, port: 443, path: '/', sent: `https://${host}/` });
}
