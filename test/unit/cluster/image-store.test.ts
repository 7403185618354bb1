import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ImageStore, ImageStoreError } from '#refgate/cluster/image-store.js';
import { PrivateFolders } from '#refgate/cluster/private-folders.js';
import { identityOfProcess } from '#refgate/cluster/process-identity.js';
import { readImageFiles } from '#refgate/rules/image/read-image-files.js';
import type { ImagePart, RulesImage } from '#refgate/rules/image/rules-image.js';

const part = (id: string): ImagePart => ({
  id,
  content: { meta: Uint8Array.of(1, 2, 3), arrays: [Uint32Array.of(0xffff_ffff, 7), Int32Array.of(-1)] },
});
const image = (batch: number, parts: readonly ImagePart[]): RulesImage => ({
  common: Uint8Array.of(batch),
  batches: [
    { id: 'first', content: Uint8Array.of(batch, 1) },
    { id: 'empty', content: new Uint8Array(0) },
  ],
  parts,
  policies: 2,
  entries: 3,
});

describe('ImageStore', () => {
  let folder: string;
  let store: ImageStore;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'refgate-store-'));
    store = new ImageStore(new PrivateFolders([folder]));
  });

  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  it('writes what a worker reads, where nobody else can, and takes it away', async () => {
    const staged = await store.stage(image(1, [part('a'), part('b')]));
    expect(await readImageFiles(staged.files)).to.deep.equal(image(1, [part('a'), part('b')]));
    const [made = ''] = readdirSync(folder);
    expect(statSync(join(folder, made)).mode & 0o777).to.equal(0o700);
    expect(statSync(staged.files.rules).mode & 0o777).to.equal(0o600);
    await staged.keep();
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('writes large ones, too', async () => {
    const large: ImagePart = {
      id: 'a',
      content: { meta: Uint8Array.of(1), arrays: [new Uint32Array(1_000_000).fill(7)] },
    };
    const staged = await store.stage(image(1, [large]));
    expect(await readImageFiles(staged.files)).to.deep.equal(image(1, [large]));
  });

  it('keeps the parts that stay, and offers all of what is in force', async () => {
    await (await store.stage(image(1, [part('a'), part('b')]))).keep();
    const staged = await store.stage(image(2, [part('c'), { id: 'b' }]));
    expect(await readImageFiles(staged.files)).to.deep.equal(image(2, [part('c'), { id: 'b' }]));
    await staged.keep();
    expect([...store.held]).to.deep.equal(['c', 'b']);
    const offered = await store.offer(({ files }) => readImageFiles(files));
    expect(offered).to.deep.equal(image(2, [part('c'), part('b')]));
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('forgets what was not taken', async () => {
    await (await store.stage(image(1, [part('a')]))).keep();
    await (await store.stage(image(2, [part('b')]))).discard();
    expect([...store.held]).to.deep.equal(['a']);
    expect(await store.offer(({ files }) => readImageFiles(files))).to.deep.equal(image(1, [part('a')]));
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('takes the next folder where one cannot be written, and says what is wrong with each where none can', async () => {
    const missing = join(folder, 'missing');
    const second = new ImageStore(new PrivateFolders([missing, folder]));
    const staged = await second.stage(image(1, []));
    expect(staged.files.rules).to.match(new RegExp(`^${folder}/`));
    await staged.discard();
    const none = new ImageStore(new PrivateFolders([missing, '/proc']));
    const error: unknown = await none.stage(image(1, [])).catch((caught: unknown) => caught);
    expect(error).to.be.instanceOf(ImageStoreError);
    expect((error as Error).message)
      .to.contain(missing)
      .and.contain('/proc');
  });

  it('does not begin to fill a folder without room', async () => {
    const full = new PrivateFolders([folder]);
    const error: unknown = await full
      .inFirst(Number.MAX_SAFE_INTEGER, async () => 0)
      .catch((caught: unknown) => caught);
    expect((error as Error).message).to.contain(`${folder} has no room for`);
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('removes what it has made when the process exits', async () => {
    const staged = await store.stage(image(1, [part('a')]));
    store.removeNow();
    expect(readdirSync(folder)).to.deep.equal([]);
    await staged.discard();
  });

  it('removes what a killed process left behind, and nothing of a living one, however old it looks', async () => {
    const child = spawn('sleep', ['60'], { stdio: 'ignore' });
    await once(child, 'spawn');
    const ofChild = `refgate-image-${identityOfProcess(child.pid ?? 0)}.abcdef`;
    mkdirSync(join(folder, ofChild));
    utimesSync(join(folder, ofChild), 0, 0);
    await store.removeLeftOvers();
    expect(readdirSync(folder)).to.deep.equal([ofChild]);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await store.removeLeftOvers();
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('removes what a process left whose number another one has by now, and nothing that it cannot judge', async () => {
    const own = identityOfProcess(process.pid);
    const earlier = own.replace(/\d+$/, '1');
    const elsewhere = earlier.replace(/^\d+/, '1');
    for (const owner of [own, earlier, elsewhere, 'unknown']) mkdirSync(join(folder, `refgate-image-${owner}.abcdef`));
    mkdirSync(join(folder, `another-${earlier}.abcdef`));
    await store.removeLeftOvers();
    expect(readdirSync(folder)).to.have.members([
      ...[own, elsewhere, 'unknown'].map((owner) => `refgate-image-${owner}.abcdef`),
      `another-${earlier}.abcdef`,
    ]);
  });

  it('keeps the folder that another service makes while it starts', async () => {
    const staged = await store.stage(image(1, []));
    const before = readdirSync(folder);
    for (const name of before) utimesSync(join(folder, name), 0, 0);
    await new PrivateFolders([folder]).removeLeftOvers();
    expect(readdirSync(folder)).to.deep.equal(before);
    await staged.discard();
  });
});
