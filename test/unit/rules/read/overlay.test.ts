import { expect } from 'chai';
import { loadRules } from '#refgate/rules/load.js';
import { linesOf, loadFiles, useFolder } from '../../../support/loaded-folder.js';

const policy = (name: string): string => `policies: [{ name: ${name}, referer: {} }]\n`;

describe('an overlay over rule files', () => {
  const folder = useFolder();
  const files = { 'a.yaml': policy('a'), 'c/d.yaml': policy('d') };

  async function namesWith(overlay: Readonly<Record<string, string | undefined>>): Promise<string[]> {
    const contents = Object.entries(overlay).map(([name, text]) => [name, text && Buffer.from(text)] as const);
    const result = await loadRules(folder(), { overlay: new Map(contents as [string, Buffer | undefined][]) });
    return result.ok ? result.rules.policies.map(({ name }) => name) : linesOf(result, folder());
  }

  it('adds, replaces and removes, in the order of paths', async () => {
    await loadFiles(folder(), files);
    expect(await namesWith({})).to.deep.equal(['a', 'd']);
    expect(await namesWith({ 'b/new.yaml': policy('b') })).to.deep.equal(['a', 'b', 'd']);
    expect(await namesWith({ 'a.yaml': policy('other') })).to.deep.equal(['other', 'd']);
    expect(await namesWith({ 'a.yaml': undefined })).to.deep.equal(['d']);
  });

  it('is checked as files are', async () => {
    await loadFiles(folder(), files);
    expect(await namesWith({ 'b.yaml': policy('a') })).to.deep.equal(
      [
        'b.yaml:1:20: policies[0].name: the policy "a" is already in ' +
          `${folder()}/a.yaml:1; names are unique across all files`,
      ].map((line) => line.replace(`${folder()}/`, '')),
    );
    expect(await namesWith({ 'b.yaml': '\0' })).to.deep.equal([
      'b.yaml:1:1: not a text file: the byte 0x00 is never part of a text; save it as UTF-8 text',
    ]);
  });

  it('has the digest that the written files have', async () => {
    const overlay = new Map([['b.yaml', Buffer.from(policy('b'))]]);
    await loadFiles(folder(), files);
    const { digest } = await loadRules(folder(), { overlay });
    const { result } = await loadFiles(folder(), { 'b.yaml': policy('b') });
    expect(digest).to.equal(result.digest);
  });
});
