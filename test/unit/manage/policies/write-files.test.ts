import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ManagedFolder } from '#refgate/manage/policies/managed-folder.js';
import { writeFiles } from '#refgate/manage/policies/write-files.js';

describe('writing policy files', () => {
  let rules: string;

  beforeEach(async () => {
    rules = await mkdtemp(join(tmpdir(), 'refgate-write-'));
  });

  afterEach(() => rm(rules, { recursive: true }));

  it('leaves nothing in a folder that was moved away before its end', async () => {
    const folder = new ManagedFolder(rules, 'managed');
    const first = Buffer.from('first');
    const second = Buffer.from('second');
    await finishedWrite(folder, undefined, first);
    const written = await writeFiles([{ policy: 'a', before: first, after: second }], folder);
    await rename(folder.path, `${folder.path}-away`);
    if (written.kind === 'written') written.finish();
    await rename(`${folder.path}-away`, folder.path);
    expect(await readdir(folder.path)).to.deep.equal(['a.yaml']);
  });

  it('is undone in a folder that was moved away, also where another has its name', async () => {
    const folder = new ManagedFolder(rules, 'managed');
    const first = Buffer.from('first');
    await finishedWrite(folder, undefined, first);
    const changes = [
      { policy: 'a', before: first, after: Buffer.from('second') },
      { policy: 'b', before: undefined, after: Buffer.from('new') },
    ];
    const written = await writeFiles(changes, folder);
    await rename(folder.path, `${folder.path}-away`);
    await mkdir(folder.path);
    if (written.kind === 'written') await written.undo();
    expect(await readdir(`${folder.path}-away`)).to.deep.equal(['a.yaml']);
    expect(await readFile(join(`${folder.path}-away`, 'a.yaml'))).to.deep.equal(first);
    expect(await readdir(folder.path)).to.deep.equal([]);
  });
});

async function finishedWrite(folder: ManagedFolder, before: Buffer | undefined, after: Buffer): Promise<void> {
  const written = await writeFiles([{ policy: 'a', before, after }], folder);
  expect(written.kind).to.equal('written');
  if (written.kind === 'written') written.finish();
}
