import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { ClusterMetrics } from '#refgate/cluster/cluster-metrics.js';
import { loadManageSettings } from '#refgate/manage/settings/load-manage-settings.js';
import { Metrics } from '#refgate/observe/metrics.js';
import { loadRules } from '#refgate/rules/load.js';
import { endpointHelp } from '#refgate/transport/admin/endpoints.js';
import { envoyContract } from '#refgate/transport/http/envoy.js';
import { forwardContract } from '#refgate/transport/http/forward.js';
import { nginxContract } from '#refgate/transport/http/nginx.js';
import { fromRoot } from '../support/paths.js';
import { RulesDir, writeFiles } from '../support/rules-dir.js';
import { runRefgate } from '../support/run-refgate.js';

const pages = ['README.md', ...readdirSync(fromRoot('docs')).map((name) => join('docs', name))];
const text = (page: string): string => readFileSync(fromRoot(page), 'utf8');
const blocks = (page: string, language: string): string[] =>
  [...text(page).matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, block = '']) => block);

describe('the documentation', () => {
  let helpTexts: string;

  before(() => {
    helpTexts = commandNames().map(help).join('\n');
  });

  for (const page of pages) {
    it(`${page} links to files that there are`, () => {
      for (const [, target = ''] of text(page).matchAll(/\]\((?!https?:)([^)#]+)/g)) {
        expect(existsSync(fromRoot(normalize(join(dirname(page), target)))), target).to.equal(true);
      }
    });

    it(`${page} shows YAML that is readable, and rules that load without a warning`, async () => {
      for (const block of blocks(page, 'yaml')) {
        if (!('policies' in parse(block))) continue;
        const dir = new RulesDir({ 'rules.yaml': block, 'lists/partners.txt': 'partner.example\n' });
        const loaded = await loadRules(dir.path, { botRanges: fromRoot('test/fixtures/bot-ranges') });
        dir.dispose();
        expect(loaded.ok ? loaded.warnings : loaded.errors).to.deep.equal([]);
      }
    });

    it(`${page} shows cases that the example rules keep to`, () => {
      for (const block of blocks(page, 'yaml').filter((text) => 'cases' in parse(text))) {
        const dir = new RulesDir({ 'cases.yaml': block });
        const { status, stdout, stderr } = runRefgate([
          'test',
          '--rules',
          fromRoot('deploy/rules'),
          dir.at('cases.yaml'),
        ]);
        dir.dispose();
        expect(status, stdout + stderr).to.equal(0);
      }
    });

    it(`${page} shows management settings that load`, async () => {
      for (const block of blocks(page, 'yaml').filter((text) => 'accessKeys' in parse(text))) {
        const dir = new RulesDir();
        const secretFiles = [...block.matchAll(/secretFile: ([\w./-]+)/g)].map(([, name = '']) => [
          name,
          `secret of ${name}`,
        ]);
        writeFiles(dir.around, { 'manage.yaml': block, ...Object.fromEntries(secretFiles) });
        const result = await loadManageSettings({ file: dir.beside('manage.yaml'), rules: dir.path });
        dir.dispose();
        expect(result.ok ? [] : result.errors).to.deep.equal([]);
      }
    });

    it(`${page} names metrics that there are`, async () => {
      const served = await servedMetrics();
      for (const [name] of text(page).matchAll(/\brefgate_[a-z_]+/g)) expect(served).to.include(name);
    });

    it(`${page} names flags and variables that there are`, () => {
      for (const [, flag = ''] of text(page).matchAll(/`(--[a-z][a-z-]*)/g)) expect(helpTexts).to.include(`${flag} `);
      for (const [name] of text(page).matchAll(/\bREFGATE_[A-Z_]+/g)) expect(helpTexts).to.include(`[${name}]`);
    });
  }

  it('names every key of a policy', () => {
    const keys = keysOf(JSON.parse(text('deploy/rules.schema.json')));
    expect(keys).to.include.members(['allowSelf', 'userAgents', 'contentType', 'absent']);
    for (const key of keys) expect(text('docs/rules.md')).to.match(new RegExp(`\\b${key}\\b`));
  });

  it('names every key of the management settings', () => {
    const keys = keysOf(JSON.parse(text('deploy/manage.schema.json')));
    expect(keys).to.include.members(['maxSkewSeconds', 'secretFile']);
    for (const key of keys) expect(text('docs/management.md')).to.match(new RegExp(`\\b${key}\\b`));
  });

  it('names the version of the public suffixes that are warned of', () => {
    const { dependencies } = JSON.parse(text('package.json')) as { dependencies: Record<string, string> };
    expect(text('docs/warnings.md').replaceAll('\n', ' ')).to.contain(`as tldts ${dependencies['tldts']} carries it`);
  });

  it('names every metric of refgate in the page for those who run it', async () => {
    const pages = text('docs/operations.md') + text('docs/scaling.md');
    for (const name of await servedMetrics()) if (name.startsWith('refgate_')) expect(pages).to.include(name);
  });

  it('names every event of the log in the page for those who run it', () => {
    const events = sourceFiles().flatMap((source) => [...source.matchAll(loggedEvent)].map(([, event]) => event));
    expect(events).to.include.members(['ready', 'rules_rejected', 'bad_request', 'manage_authentication_failed']);
    const table = text('docs/operations.md');
    expect(events.filter((event) => !table.includes(`\`${event}\``))).to.deep.equal([]);
  });

  it('names every path of the admin port', () => {
    for (const [, path = ''] of endpointHelp.matchAll(/^(?:GET|POST) +(\S+)/gm)) {
      expect(text('docs/operations.md')).to.include(`\`${path}`);
    }
  });

  it('names the headers that each HTTP contract reads', () => {
    for (const { path, headers } of [nginxContract, forwardContract, envoyContract]) {
      const row = text('docs/proxies.md')
        .split('\n')
        .find((line) => line.startsWith(`| \`${path}`));
      const names = [...(row ?? '').matchAll(/`([A-Za-z-]+)`/g)].map(([, name = '']) => name.toLowerCase());
      for (const header of Object.values(headers)) if (header !== undefined) expect(names).to.include(header);
    }
  });
});

/** The names of all metrics, those of several processes included. */
async function servedMetrics(): Promise<string[]> {
  const metrics = new Metrics('1.2.3');
  new ClusterMetrics(metrics, () => []);
  return [...(await metrics.text()).matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name);
}

/** Where a line of the log is written, by a logger or, once in a while, by a reporter: the name of its event. */
const loggedEvent = /(?:\.(?:announce|debug|info|warn|error)\(\s*|#sometimes\('\w+', )'([a-z_]+)'/g;

function sourceFiles(): string[] {
  const names = readdirSync(fromRoot('src'), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.ts')).map((name) => text(join('src', name)));
}

/** The names of all properties in a JSON Schema, at any depth. */
function keysOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = 'properties' in schema ? Object.keys(schema.properties as object) : [];
  return [...own, ...Object.values(schema).flatMap(keysOf)];
}

/** Every command, as the help names them. */
function commandNames(): string[] {
  const commands = runRefgate(['--help']).stdout.split(/^Commands:$/m)[1] ?? '';
  return [...commands.matchAll(/^ {2}([a-z]+) /gm)].map(([, name = '']) => name).filter((name) => name !== 'help');
}

function help(command: string): string {
  return runRefgate([command, '--help']).stdout;
}
