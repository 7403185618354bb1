import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import type { LoadResult } from '#refgate/rules/load/load-result.js';
import { loadRules } from '#refgate/rules/load.js';
import { linesOf, loadFiles, useFolder } from '../support/loaded-folder.js';
import { fromRoot } from '../support/paths.js';
import { writeFiles } from '../support/rules-dir.js';

const policy = (name: string): string => `policies: [{ name: ${name}, referer: {} }]\n`;

function names(result: LoadResult): string[] {
  return result.ok ? result.rules.policies.map(({ name }) => name) : [];
}

describe('the files of a rule directory', () => {
  const folder = useFolder();

  it('are *.yaml, *.yml and *.json at any depth, in byte order of their paths', async () => {
    const { result } = await loadFiles(folder(), {
      'b.yaml': policy('p4'),
      'a/z.yml': policy('p3'),
      'a.json': '{"policies":[{"name":"p2","referer":{}}]}',
      'a-b.yaml': policy('p1'),
      'Z.yaml': policy('p0'),
      'é.yaml': policy('p5'),
      'notes.txt': 'not yaml: [',
      'a.yaml.bak': 'not yaml: [',
    });
    expect(names(result)).to.deep.equal(['p0', 'p1', 'p2', 'p3', 'p4', 'p5']);
  });

  it('are none whose name, or whose folder, begins with a dot', async () => {
    const { result } = await loadFiles(folder(), {
      'a.yaml': policy('a'),
      '.b.yaml': 'not yaml: [',
      '..2026_01/a.yaml': 'not yaml: [',
    });
    expect(names(result)).to.deep.equal(['a']);
  });

  it('are found in the layout of a Kubernetes ConfigMap', async () => {
    const list = 'policies: [{ name: a, referer: { allow: [{ file: list.txt }] } }]\n';
    writeFiles(folder(), { '..2026_01/a.yaml': list, '..2026_01/list.txt': 'shop.example\n' });
    symlinkSync('..2026_01', join(folder(), '..data'));
    symlinkSync('..data/a.yaml', join(folder(), 'a.yaml'));
    symlinkSync('..data/list.txt', join(folder(), 'list.txt'));
    const result = await loadRules(folder());
    expect(names(result)).to.deep.equal(['a']);
    expect(result.ok && result.rules.entries).to.equal(1);
  });

  it('are found through links, each real folder once, and circles end', async () => {
    writeFiles(folder(), { 'real/a.yaml': policy('a') });
    symlinkSync('real', join(folder(), 'zlink'));
    symlinkSync('..', join(folder(), 'real/up'));
    symlinkSync('.', join(folder(), 'self'));
    expect(names(await loadRules(folder()))).to.deep.equal(['a']);
  });

  it('include a link that leads nowhere: an error, and never an absent file', async () => {
    writeFiles(folder(), { 'a.yaml': policy('a') });
    symlinkSync('gone.yaml', join(folder(), 'b.yaml'));
    symlinkSync('gone', join(folder(), 'folder'));
    symlinkSync('loop', join(folder(), 'loop'));
    expect(linesOf(await loadRules(folder()), folder())).to.deep.equal([
      'b.yaml:1:1: the rule file cannot be read: no such file or directory (ENOENT)',
      'folder:1:1: the file or folder cannot be read: no such file or directory (ENOENT)',
      'loop:1:1: the file or folder cannot be read: its symbolic links lead in a circle (ELOOP)',
    ]);
  });

  it('may be none only where that is allowed', async () => {
    const { result, lines } = await loadFiles(folder(), { 'notes.txt': 'x' });
    expect(result.ok || result.reason).to.equal('invalid');
    expect(lines.join()).to.match(/refgate-rules-\w+:1:1: no rule file \(\*\.yaml, \*\.yml or \*\.json\)/);
    const allowed = await loadRules(folder(), { allowEmpty: true });
    expect(allowed.ok && allowed.rules.policies).to.deep.equal([]);
  });

  it('may be empty of policies', async () => {
    const { result } = await loadFiles(folder(), { 'a.yaml': 'policies: []\n' });
    expect(names(result)).to.deep.equal([]);
    expect(result.ok).to.equal(true);
  });

  it('are regular files: a pipe is refused, and does not hold the load up', async () => {
    spawnSync('mkfifo', [join(folder(), 'pipe.yaml'), join(folder(), 'list.txt')]);
    symlinkSync('/dev/zero', join(folder(), 'zero.yaml'));
    const { lines } = await loadFiles(folder(), {
      'a.yaml': 'policies: [{ name: a, referer: { allow: [{ file: list.txt }] } }]\n',
    });
    expect(lines).to.deep.equal([
      'a.yaml:1:42: policies[0].referer.allow[0]: the list file "list.txt" is no regular file but a pipe',
      'pipe.yaml:1:1: the rule file is no regular file but a pipe',
      'zero.yaml:1:1: the rule file is no regular file but a device',
    ]);
  });

  it('lie in a directory that exists', async () => {
    const missing = join(folder(), 'missing');
    const result = await loadRules(missing);
    expect(result.ok || result.reason).to.equal('unreadable');
    expect(linesOf(result, folder())).to.deep.equal([
      'missing:1:1: the rule directory cannot be read: no such file or directory (ENOENT)',
    ]);
    expect(linesOf(await loadRules(missing, { allowEmpty: true }), folder())).to.deep.equal([
      'missing:1:1: the rule directory cannot be read: no such file or directory (ENOENT); make it, it may be empty',
    ]);
    writeFileSync(missing, '');
    expect(linesOf(await loadRules(missing), folder())).to.deep.equal([
      'missing:1:1: the rule directory cannot be read: it, or a folder on the way to it, is not a directory (ENOTDIR)',
    ]);
  });

  it('keep the directory as it was given in their names', async () => {
    mkdirSync(join(folder(), 'x'));
    const result = await loadRules(`${folder()}/x/..//x`);
    expect(result.ok ? [] : result.errors.map(({ file }) => file)).to.deep.equal([`${folder()}/x/..//x`]);
  });
});

describe('a rule directory that may not be read', () => {
  const folder = useFolder();
  before(function () {
    // Root reads everything, so the load runs as nobody, which takes root to arrange.
    if (process.getuid?.() !== 0) this.skip();
    if (spawnSync('setpriv', ['--version']).status !== 0) this.skip();
  });

  function loadAsNobody(): string[] {
    const url = (path: string) => JSON.stringify(pathToFileURL(fromRoot(path)).href);
    const script = `
      import { loadRules } from ${url('dist/rules/load.js')};
      import { formatRuleError } from ${url('dist/rules/rule-error.js')};
      const result = await loadRules(process.argv[1]);
      console.log([result.ok ? 'ok' : result.reason, ...(result.errors ?? []).map(formatRuleError)].join('\\n'));`;
    const setpriv = ['--reuid', '65534', '--regid', '65534', '--clear-groups', process.execPath];
    // Uncounted: nobody may not write into c8's folder, and Node says so on standard error. Node hands the variable on
    // where it is left out, so it is emptied.
    const env = { ...process.env, NODE_V8_COVERAGE: '' };
    const child = spawnSync('setpriv', [...setpriv, '--input-type=module', '-e', script, folder()], {
      encoding: 'utf8',
      env,
    });
    expect(child.stderr).to.equal('');
    return child.stdout.trim().replaceAll(folder(), 'DIR').split('\n');
  }

  it('is told apart from mistakes in rules', () => {
    writeFiles(folder(), { 'a.yaml': policy('a') });
    chmodSync(folder(), 0o700);
    expect(loadAsNobody()).to.deep.equal([
      'unreadable',
      'DIR:1:1: the rule directory cannot be read: permission denied; let the user that the service runs as read it (EACCES)',
    ]);
  });

  it('may be a folder, a rule file or a list file in it: an error each, and the rest is checked', () => {
    writeFiles(folder(), {
      'a.yaml': 'policies: [{ name: a, referer: { allow: [{ file: list.txt }] } }]\n',
      'b.yaml': policy('b'),
      'closed/c.yaml': policy('c'),
      'd.yaml': 'policies: 5\n',
      'list.txt': 'shop.example\n',
    });
    for (const name of ['b.yaml', 'closed', 'list.txt']) chmodSync(join(folder(), name), 0);
    chmodSync(folder(), 0o755);
    const denied = 'cannot be read: permission denied; let the user that the service runs as read it (EACCES)';
    expect(loadAsNobody()).to.deep.equal([
      'invalid',
      `DIR/a.yaml:1:42: policies[0].referer.allow[0]: the list file "list.txt" ${denied}`,
      `DIR/b.yaml:1:1: the rule file ${denied}`,
      `DIR/closed:1:1: the file or folder ${denied}`,
      'DIR/d.yaml:1:11: policies: expected a list, got the number 5',
    ]);
    rmSync(join(folder(), 'closed'), { recursive: true });
  });
});
