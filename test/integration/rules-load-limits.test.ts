import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadRules } from '#refgate/rules/load.js';
import { linesOf, loadFiles, useFolder } from '../support/loaded-folder.js';
import { writeFiles } from '../support/rules-dir.js';

describe('the limits of a load', () => {
  const folder = useFolder();

  it('refuse a rule file of 100 MB by its size, unread', async () => {
    writeFileSync(join(folder(), 'big.yaml'), 'policies: []\n');
    truncateSync(join(folder(), 'big.yaml'), 100_000_000);
    expect(linesOf(await loadRules(folder()), folder())).to.deep.equal([
      'big.yaml:1:1: the rule file is too large: 100,000,000 bytes, at most 16 MiB are allowed',
    ]);
  });

  it('refuse a list file over 1 GiB', async () => {
    mkdirSync(join(folder(), 'lists'));
    writeFileSync(join(folder(), 'lists/big.txt'), '');
    truncateSync(join(folder(), 'lists/big.txt'), 1024 * 1024 * 1024 + 1);
    const { lines } = await loadFiles(folder(), {
      'a.yaml': 'policies: [{ name: a, referer: { deny: [{ file: lists/big.txt }] } }]\n',
    });
    expect(lines).to.deep.equal([
      'a.yaml:1:41: policies[0].referer.deny[0]: the list file "lists/big.txt" is too large: 1,073,741,825 bytes, at most 1,024 MiB are allowed',
    ]);
  });

  it('count the steps of the regular expressions in all lists, hosts beside them apart', async () => {
    const files = {
      'a.yaml': "policies: [{ name: a, referer: { deny: ['~abc', a.example, { file: l.txt }] } }]\n",
      'l.txt': '~abc\nb.example\n~def\n~ghi\n',
    };
    const { lines } = await loadFiles(folder(), files, { limits: { regexInstructions: 12 } });
    expect(lines).to.deep.equal([
      'l.txt:3:1: policies[0].referer.deny[2]: more than 12 steps in the regular expressions of all policies; write hosts and globs in place of some',
    ]);
    expect((await loadRules(folder(), { limits: { regexInstructions: 40 } })).ok).to.equal(true);
  });

  it('count policies of all files', async () => {
    const two = (a: string, b: string) =>
      `policies:\n  - { name: ${a}, referer: {} }\n  - { name: ${b}, referer: {} }\n`;
    const files = { 'a.yaml': two('a', 'b'), 'b.yaml': two('c', 'd') };
    const { lines } = await loadFiles(folder(), files, { limits: { policies: 2 } });
    expect(lines).to.deep.equal(['b.yaml:2:5: policies[0]: more than 2 policies in all files']);
    expect((await loadRules(folder(), { limits: { policies: 4 } })).ok).to.equal(true);
  });

  it('count entries in rule files', async () => {
    const files = {
      'a.yaml': 'policies: [{ name: a, referer: { allow: [a.example, b.example], deny: [c.example, d.example] } }]\n',
    };
    const { lines } = await loadFiles(folder(), files, { limits: { inlineEntries: 2 } });
    expect(lines).to.deep.equal([
      'a.yaml:1:72: policies[0].referer.deny[0]: more than 2 entries in rule files; put them in a list file',
    ]);
  });

  it('count entries of all lists, and stop reading there', async () => {
    const files = {
      'a.yaml': 'policies: [{ name: a, referer: { allow: [a.example, { file: l.txt }], deny: [{ file: l.txt }] } }]\n',
      'l.txt': 'b.example\n# c\n  c.example\nd.example\n',
    };
    const { lines } = await loadFiles(folder(), files, { limits: { entries: 2 } });
    expect(lines).to.deep.equal(['l.txt:3:3: policies[0].referer.allow[1]: more than 2 entries in all lists']);
  });

  it('count words and marks, for each costs more memory than its byte in the file', async () => {
    const files = { 'a.yaml': 'policies:\n  [5, 5, 5, 5, 5, 5]\n' };
    const { lines } = await loadFiles(folder(), files, { limits: { tokens: 20 } });
    expect(lines).to.deep.equal([
      'a.yaml:2:14: more than 20 words and marks in one file; split it, or put entries in a list file',
    ]);
  });

  it('count the items of a list', async () => {
    const files = {
      'a.yaml': 'policies: [{ name: a, match: { hosts: [a.example, b.example, c.example] }, referer: {} }]\n',
    };
    const { lines } = await loadFiles(folder(), files, { limits: { listItems: 2 } });
    expect(lines).to.deep.equal([
      'a.yaml:1:62: policies[0].match.hosts[2]: more than 2 items in one list; put entries in a list file',
    ]);
  });

  it('tell 10,000 errors, and that there are more', async () => {
    const { lines } = await loadFiles(folder(), { 'a.yaml': `policies: [${'5, '.repeat(20_000)}]\n` });
    expect(lines.length).to.equal(10_001);
    expect(lines.at(-1)).to.equal('a.yaml:1:30012: policies[10000]: … and more; only 10,000 errors are told');
  });

  it('tell 20 errors of syntax, and that there are more', async () => {
    for (const garbage of [']', '[,', '&a ', '"', '{}']) {
      const { lines } = await loadFiles(folder(), { 'a.yaml': `policies: []\n${garbage.repeat(100_000)}` });
      if (lines.length > 1) expect(lines.length, garbage).to.be.at.most(21);
      for (const line of lines)
        expect(line).to.match(/^a\.yaml:\d+:\d+: (?:not readable as YAML: .|nested too|… and more)/);
    }
  });

  for (const opening of ['[', '{"a":', '- ', '? ', '{a: [']) {
    it(`survive 100,000 times ${opening}`, async () => {
      const { lines } = await loadFiles(folder(), { 'a.yaml': `policies: \n${opening.repeat(100_000)}` });
      expect(lines[0]).to.match(/^a\.yaml:\d+:\d+: nested too deeply; at most 32 levels/);
    });
  }

  it('allow 32 levels and 100 aliases', async () => {
    const deep = `${'['.repeat(31)}${']'.repeat(31)}`;
    const { lines } = await loadFiles(folder(), { 'a.yaml': `policies: ${deep}\n` });
    expect(lines).to.deep.equal(['a.yaml:1:12: policies[0]: expected a mapping, got a list']);
    const aliases = '        - *x\n'.repeat(100);
    writeFiles(folder(), {
      'a.yaml': `policies:\n  - name: a\n    referer:\n      allow:\n        - &x a.example\n${aliases}`,
    });
    const result = await loadRules(folder());
    expect(result.ok && result.rules.entries).to.equal(101);
  });

  it('leave room for 3,000 policies in one file', async () => {
    const policies = Array.from(
      { length: 3_000 },
      (_, i) => `  - name: p${i}\n    match: { hosts: [h${i}.example] }\n    referer: { allow: [a${i}.example] }\n`,
    );
    const { result } = await loadFiles(folder(), { 'a.yaml': `policies:\n${policies.join('')}` });
    expect(result.ok && result.rules.policies.length).to.equal(3_000);
    expect(result.ok && Array.from(result.rules.hosts.candidates('h77.example'))).to.deep.equal([77]);
  });

  it('leave room for 200,000 entries in a list file', async () => {
    const { result } = await loadFiles(folder(), {
      'a.yaml': 'policies: [{ name: a, referer: { allow: [{ file: l.txt }] } }]\n',
      'l.txt': Array.from({ length: 200_000 }, (_, i) => `site-${i}.example\n`).join(''),
    });
    expect(result.ok && result.rules.entries).to.equal(200_000);
  });
});
