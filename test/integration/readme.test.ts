import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { fromRoot } from '../support/paths.js';
import { requireTool } from '../support/require-tool.js';
import { runRefgate } from '../support/run-refgate.js';
import { StartedProcess } from '../support/started-process.js';
import { findCurl } from '../support/tool-cache.js';

const readme = readFileSync(fromRoot('README.md'), 'utf8');

/** Rows of the first table: path, Referer, answer. */
function tableRows(): { path: string; referer: string | undefined; answer: string }[] {
  const rows = [...readme.matchAll(/^\| `(\S+)`\s*\| (none|`\S+`)\s*\| (.+?)\s*\|$/gm)];
  return rows.map(([, path = '', referer = '', answer = '']) => ({
    path,
    referer: referer === 'none' ? undefined : referer.slice(1, -1),
    answer,
  }));
}

/** Lines of shell blocks that begin so. */
function commands(beginning: string): string[] {
  const blocks = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block);
  return blocks.flatMap((block) => block.split('\n')).filter((line) => line.startsWith(beginning));
}

function run(command: string): { status: number | null; stdout: string } {
  return spawnSync('sh', ['-c', command], { cwd: fromRoot('.'), encoding: 'utf8' });
}

describe('README', () => {
  it('has a table of six requests', () => expect(tableRows()).to.have.length(6));

  for (const { path, referer, answer } of tableRows()) {
    it(`says how the example rules answer ${path} with the Referer ${referer ?? 'absent'}`, () => {
      const args = ['--rules', 'deploy/rules', '--url', `https://cdn.shop.example${path}`, '--format', 'json'];
      if (referer !== undefined) args.push('--referer', referer);
      const { stdout } = runRefgate(['explain', ...args], { cwd: fromRoot('.') });
      const { status, location } = JSON.parse(stdout) as { status: number; location: string | null };
      expect(answer).to.match(new RegExp(`^${status}\\b`));
      const target = /`(https:\S+)`/.exec(answer)?.[1];
      if (target !== undefined) expect(location).to.equal(target);
    });
  }

  it('shows commands that work', () => {
    const shown = commands('node dist/main.js');
    expect(shown).to.have.length(4);
    for (const command of shown) expect(run(command).status, command).to.equal(0);
  });

  it('names scripts that there are', () => {
    const { scripts } = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8')) as { scripts: object };
    const named = [...readme.matchAll(/npm (?:run )?(start|test|demo:\w+)/g)].map(([, name = '']) => name);
    expect(named).to.include.members(['start', 'test', 'demo:envoy', 'demo:nginx']);
    for (const name of named) expect(scripts).to.have.property(name);
  });

  it('links to files that there are', () => {
    const targets = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target = '']) => target);
    expect(targets).to.not.equal([]);
    for (const target of targets) expect(run(`test -e '${target}'`).status, target).to.equal(0);
  });

  it('has npm start answer each curl line that it prints as it says', async function () {
    requireTool(this, findCurl());
    const anyPort = ['--grpc-listen', '127.0.0.1:0', '--http-listen', '127.0.0.1:0', '--admin-listen', '127.0.0.1:0'];
    const args = [fromRoot('.build/test/demo/start.js'), ...anyPort, '--drain-seconds', '0'];
    const started = new StartedProcess(process.execPath, args);
    await started.waitFor((line) => (line === 'Ctrl-C ends it.' ? true : undefined));
    const lines = started.lines.filter((line) => line.startsWith('  curl -i'));
    expect(lines).to.have.length(3);
    for (const line of lines) {
      const [said = ''] =
        /^ {4}answers (\d{3}(?: to \S+)?)/.exec(started.lines[started.lines.indexOf(line) + 1] ?? '') ?? [];
      const { stdout } = run(line);
      const location = /^location: (\S+)/im.exec(stdout)?.[1];
      const answer = `    answers ${stdout.split(' ')[1]}${location === undefined ? '' : ` to ${location}`}`;
      expect(answer, line).to.equal(said);
    }
    expect(await started.stop()).to.equal(0);
  });
});
