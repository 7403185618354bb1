import { renameSync, rmSync } from 'node:fs';
import { expect } from 'chai';
import { type FolderWatch, watchFolder } from '#refgate/rules/reload/watch-folder.js';
import { RulesDir } from '../../../support/rules-dir.js';

describe('watchFolder', () => {
  let rules: RulesDir;
  let watch: FolderWatch | undefined;

  beforeEach(() => {
    rules = new RulesDir({ 'a.yaml': 'one' });
  });

  afterEach(async () => {
    await watch?.close();
    rules.dispose();
  });

  /** Does something to the watched folder, and waits for the first change told, or the first with `gone`. */
  async function heard(act: () => void, onlyGone = false): Promise<void> {
    let tell = (): void => undefined;
    const change = new Promise<void>((resolve) => {
      tell = resolve;
    });
    watch = watchFolder(rules.path, () => true, {
      changed: (gone) => {
        if (gone || !onlyGone) {
          tell();
        }
      },
      failed: () => undefined,
    });
    await watch.ready;
    act();
    await change;
  }

  it('hears a file written to', () => heard(() => rules.write('a.yaml', 'two')));

  it('hears a file added', () => heard(() => rules.write('b.yaml', '')));

  it('hears a file removed', () => heard(() => rmSync(rules.at('a.yaml'))));

  it('hears names that editors use for their backups', () => heard(() => rules.write('a.yaml~', '')));

  it('hears the folder deleted, and says that it is gone', () => heard(() => rules.remove(), true));

  it('hears the folder moved, and says that it is gone', () =>
    heard(() => renameSync(rules.path, rules.beside('old')), true));

  it('tells nothing of names that do not count', async () => {
    let told = 0;
    const selective = watchFolder(rules.path, (name) => name === 'wanted', {
      changed: () => {
        told += 1;
      },
      failed: () => undefined,
    });
    await selective.ready;
    // Both hear the same events, the selective one first.
    await heard(() => rules.write('noise', ''));
    expect(told).to.equal(0);
    await watch?.close();
    await heard(() => rules.write('wanted', ''));
    expect(told).to.be.greaterThan(0);
    await selective.close();
  });

  it('is ready, if deaf, where there is no folder', async () => {
    watch = watchFolder(rules.at('none'), () => true, { changed: () => undefined, failed: () => undefined });
    await watch.ready;
  });

  it('is ready when it is closed early', async () => {
    watch = watchFolder(rules.path, () => true, { changed: () => undefined, failed: () => undefined });
    await watch.close();
    await watch.ready;
  });
});
