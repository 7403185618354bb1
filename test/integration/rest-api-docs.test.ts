import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { PROBLEM_STATUSES } from '#refgate/manage/rest/problem.js';
import { routes } from '#refgate/manage/rest/routes.js';
import { startManaged } from '../support/managed-refgate.js';
import { fromRoot } from '../support/paths.js';
import { requireTool } from '../support/require-tool.js';
import { RulesDir } from '../support/rules-dir.js';
import { findCurl } from '../support/tool-cache.js';

const page = readFileSync(fromRoot('docs/rest-api.md'), 'utf8');
const blocks = (language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, block = '']) => block);

describe('the page of the REST API', () => {
  it('shows commands that a service with its settings answers as it says', async function () {
    requireTool(this, findCurl());
    const [settings = ''] = blocks('yaml');
    const dir = new RulesDir({ 'rules.yaml': 'policies: []\n' });
    const refgate = await startManaged(dir, settings);
    const script = blocks('sh').join('\n').replaceAll('127.0.0.1:9194', refgate.manage);
    const { stdout, stderr } = spawnSync('sh', ['-e', '-c', script], { encoding: 'utf8' });
    expect(await refgate.process.stop()).to.equal(0);
    dir.dispose();
    const answered = [...stdout.matchAll(/HTTP\/1\.1 (?!100)(\d{3})/g)].map(([, status]) => status);
    const said = [...script.matchAll(/ # (\d{3})$/gm)].map(([, status]) => status);
    expect(said).to.have.length(6);
    expect(answered, stdout + stderr).to.deep.equal(said);
  });

  it('names every path, method and problem', () => {
    for (const { path } of routes) expect(page).to.contain(`\`${path.replace(':name', '{name}')}\``);
    for (const { method } of routes) expect(page).to.contain(`\`${method}\``);
    const rows = [...page.matchAll(/^\| (\d{3}) +\| (`[^|]+`) +\|/gm)];
    const told = rows.flatMap(([, status, codes = '']) =>
      codes.split(', ').map((code) => [code.replaceAll('`', '').trim(), Number(status)]),
    );
    expect(told).to.have.deep.members(Object.entries(PROBLEM_STATUSES));
  });
});
