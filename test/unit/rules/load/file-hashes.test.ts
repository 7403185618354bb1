import { statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { FileHashes } from '#refgate/rules/load/file-hashes.js';
import { FolderLoader } from '#refgate/rules/load/folder-loader.js';
import type { LoadResult } from '#refgate/rules/load/load-result.js';
import { useFolder } from '../../../support/loaded-folder.js';
import { writeFiles } from '../../../support/rules-dir.js';

describe('files known by their looks', () => {
  let now: number;
  let hashes: FileHashes;

  beforeEach(() => {
    now = 0;
    hashes = new FileHashes(() => now);
  });

  /** Reads a file that looks so and holds this, as loads do. */
  function read(identity: string, content: string): void {
    if (hashes.of('a', identity) === undefined) hashes.reading('a', identity)(content);
  }

  it('are those that looked so for two seconds before they were read', () => {
    read('old', 'one');
    now = 1_999;
    read('old', 'two, written in the tick of the first');
    expect(hashes.of('a', 'old')).to.equal(undefined);
    now = 2_000;
    read('old', 'two');
    expect(hashes.of('a', 'old')).to.equal('two');
  });

  it('are none that look otherwise, or are somewhere else', () => {
    read('old', 'one');
    now = 5_000;
    read('old', 'one');
    expect(hashes.of('b', 'old')).to.equal(undefined);
    expect(hashes.of('a', 'new')).to.equal(undefined);
    expect(hashes.of('a', 'old')).to.equal(undefined);
  });

  it('are none where somebody says that there is something new', () => {
    read('old', 'one');
    now = 5_000;
    read('old', 'one');
    hashes.distrust();
    expect(hashes.of('a', 'old')).to.equal(undefined);
    read('old', 'two');
    expect(hashes.of('a', 'old')).to.equal('two');
  });

  it('are forgotten when nobody asks for them', () => {
    read('old', 'one');
    now = 5_000;
    read('old', 'one');
    hashes.sweep();
    expect(hashes.of('a', 'old')).to.equal('one');
    hashes.sweep();
    hashes.sweep();
    expect(hashes.of('a', 'old')).to.equal(undefined);
  });
});

describe('a file that is replaced by one of its size and date', () => {
  const folder = useFolder();

  it('is read again', async () => {
    let now = 0;
    const loader = new FolderLoader(folder(), { now: () => now });
    const nameOf = async () => {
      const result = (await loader.load()) as LoadResult;
      return result.ok && result.rules.policies[0]?.name;
    };
    const path = join(folder(), 'a.yaml');
    writeFiles(folder(), { 'a.yaml': 'policies: [{ name: one, referer: {} }]\n' });
    for (; now < 10_000; now += 2_500) expect(await nameOf()).to.equal('one');
    const { atime, mtime } = statSync(path);
    // Longer than a tick of the file system's clock.
    await pause(20);
    writeFiles(folder(), { 'a.yaml': 'policies: [{ name: two, referer: {} }]\n' });
    utimesSync(path, atime, mtime);
    expect(await nameOf()).to.equal('two');
  });
});
