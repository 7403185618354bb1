import { symlinkSync } from 'node:fs';
import { expect } from 'chai';
import { followLinks } from '#refgate/rules/reload/follow-links.js';
import { RulesDir } from '../../../support/rules-dir.js';

describe('followLinks', () => {
  let rules: RulesDir;

  beforeEach(() => {
    rules = new RulesDir({ 'real/file.txt': '' });
  });

  afterEach(() => {
    rules.dispose();
  });

  it('passes no link on a plain path', async () => {
    expect(await followLinks(rules.at('real/file.txt'))).to.deep.equal({ real: rules.at('real/file.txt'), passed: [] });
  });

  it('names every link with the real folder that holds it', async () => {
    symlinkSync('real', rules.at('two'));
    symlinkSync(rules.at('two'), rules.beside('one'));
    expect(await followLinks(rules.beside('one/file.txt'))).to.deep.equal({
      real: rules.at('real/file.txt'),
      passed: [
        { folder: rules.around, name: 'one' },
        { folder: rules.path, name: 'two' },
      ],
    });
  });

  it('leaves a folder by its real parent', async () => {
    symlinkSync('rules/real', rules.beside('link'));
    symlinkSync('../link/../real/file.txt', rules.at('round'));
    expect((await followLinks(rules.at('round'))).real).to.equal(rules.at('real/file.txt'));
  });

  it('names the first part that is missing', async () => {
    symlinkSync('real/none/file.txt', rules.at('broken'));
    expect(await followLinks(rules.at('broken'))).to.deep.equal({
      real: undefined,
      passed: [
        { folder: rules.path, name: 'broken' },
        { folder: rules.at('real'), name: 'none' },
      ],
    });
  });

  it('gives up on links that go round', async () => {
    symlinkSync('b', rules.at('a'));
    symlinkSync('a', rules.at('b'));
    expect((await followLinks(rules.at('a'))).real).to.equal(undefined);
  });
});
